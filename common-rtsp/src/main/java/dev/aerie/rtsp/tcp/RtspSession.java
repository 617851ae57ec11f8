package dev.aerie.rtsp.tcp;

import dev.aerie.rtsp.NoSuchStreamException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The requests of one playback (RFC 2326): asked for one after the other until the stream flows.
final class RtspSession {

    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;
    private static final String TRANSPORT = "RTP/AVP/TCP;unicast;interleaved=0-1";

    private final RtspWire wire;
    private final RtspUrl url;
    private Optional<RtspChallenge> challenge = Optional.empty();
    private String session = "";
    private String base;
    private int requests;

    RtspSession(RtspWire wire, RtspUrl url) {
        this.wire = wire;
        this.url = url;
        this.base = url.location();
    }

    /// Asks for everything up to the answer that it plays; the first packets may stand right behind it.
    VideoDescription play(Duration limit) throws IOException {
        long deadline = System.nanoTime() + limit.toNanos();
        var description = ask("DESCRIBE", url.location(), "Accept: application/sdp\r\n", deadline);
        if (!description.header("content-base").isEmpty()) {
            base = description.header("content-base");
        }
        var video = VideoDescription.parse(description.body());
        var setup = ask("SETUP", video.locationIn(base), "Transport: " + TRANSPORT + "\r\n", deadline);
        session = setup.header("session").split(";", 2)[0].strip();
        var _ = ask("PLAY", base, "Range: npt=0.000-\r\n", deadline);
        return video;
    }

    /// Tells the server that somebody is listening; its answer comes among the packets.
    void keepAlive() throws IOException {
        send("OPTIONS", base, "");
    }

    void tearDown() throws IOException {
        send("TEARDOWN", base, "");
    }

    private RtspMessage.Reply ask(String method, String location, String headers, long deadlineNanos)
            throws IOException {
        send(method, location, headers);
        var reply = reply(deadlineNanos);
        if (reply.status() == UNAUTHORIZED && url.hasUser()) {
            challenge = RtspChallenge.best(reply.headers().getOrDefault("www-authenticate", List.of()));
            send(method, location, headers);
            reply = reply(deadlineNanos);
        }
        return switch (reply.status()) {
            case OK -> reply;
            case NOT_FOUND -> throw new NoSuchStreamException("the server knows no such stream");
            default -> throw new IOException(method + " was answered: " + reply.status() + " " + reply.reason());
        };
    }

    private RtspMessage.Reply reply(long deadlineNanos) throws IOException {
        while (true) {
            long left = deadlineNanos - System.nanoTime();
            if (left <= 0) {
                throw new SocketTimeoutException("no answer in time");
            }
            wire.limitWaits(Duration.ofNanos(left));
            if (wire.next() instanceof RtspMessage.Reply reply) {
                return reply;
            }
        }
    }

    private void send(String method, String location, String headers) throws IOException {
        requests++;
        var text = new StringBuilder(method + " " + location + " RTSP/1.0\r\nCSeq: " + requests + "\r\n")
                .append("User-Agent: aerie\r\n")
                .append(headers);
        if (!session.isEmpty()) {
            text.append("Session: " + session + "\r\n");
        }
        String ownNonce = Long.toHexString(System.nanoTime());
        challenge.ifPresent(
                asked -> text.append("Authorization: " + asked.answer(method, location, url, ownNonce) + "\r\n"));
        wire.send(text.append("\r\n").toString());
    }
}
