package dev.aerie.rtsp.client;

import dev.aerie.auth.AuthChallenge;
import dev.aerie.rtsp.NoSuchStreamException;
import dev.aerie.rtsp.message.RtspHeaders;
import dev.aerie.rtsp.message.RtspMessage;
import dev.aerie.rtsp.sdp.MediaDescription;
import dev.aerie.rtsp.sdp.SessionDescription;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/// The requests of one playback (RFC 2326): DESCRIBE, SETUP, PLAY, then keep-alives, TEARDOWN.
///
/// Only the video is set up. PLAY, keep-alives and TEARDOWN go to the session's URL (aggregate control), and to the
/// video's own where the server refuses that.
final class PlaySession {

    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;
    private static final int AGGREGATE_NOT_ALLOWED = 459;
    private static final int MAX_CREDENTIALS = 2;

    /// Servers end a session after 60 s without a request (RFC 2326, 12.37), or sooner where they say so.
    private static final Duration MAX_KEEP_ALIVE = Duration.ofSeconds(20);

    private static final String TRANSPORT = "RTP/AVP/TCP;unicast;interleaved=0-1";
    private static final Pattern CHANNELS = Pattern.compile("interleaved\\s*=\\s*(\\d{1,3})(?:\\s*-\\s*(\\d{1,3}))?");
    private static final Pattern TIMEOUT = Pattern.compile(";\\s*timeout\\s*=\\s*(\\d{1,6})");

    private final RtspClientConnection connection;
    private final RtspUrl url;
    private Optional<AuthChallenge> challenge = Optional.empty();
    private String session = "";
    private String base;
    private Duration keepAliveEvery = MAX_KEEP_ALIVE;
    private int rtpChannel;
    private int rtcpChannel = 1;
    private int requests;
    private boolean renewing;

    PlaySession(RtspClientConnection connection, RtspUrl url) {
        this.connection = connection;
        this.url = url;
        this.base = url.location();
    }

    /// Sends requests up to PLAY and returns the video that plays; its first packets may follow the response at once.
    MediaDescription play(Duration limit) throws IOException {
        long deadline = System.nanoTime() + limit.toNanos();
        var headers = RtspHeaders.NONE.with("Accept", "application/sdp");
        var described = require(request("DESCRIBE", url.location(), headers, deadline), "DESCRIBE");
        String contentBase = described
                .header("Content-Base")
                .or(() -> described.header("Content-Location"))
                .filter(RtspUrl::isAbsolute)
                .orElse(url.location());
        var description = SessionDescription.parse(described.body());
        var video = description.video();
        base = RtspUrl.resolve(contentBase, description.control());
        String track = RtspUrl.resolve(contentBase, video.control());
        setUp(track, deadline);
        start(track, deadline);
        return video;
    }

    /// Channel of the video's RTP packets, as the server has chosen it.
    int rtpChannel() {
        return rtpChannel;
    }

    /// Channel of the video's RTCP packets.
    int rtcpChannel() {
        return rtcpChannel;
    }

    /// Longest time between two requests after which the server keeps the session.
    Duration keepAliveEvery() {
        return keepAliveEvery;
    }

    /// Tells the server that the client is alive; the response arrives among the packets.
    void keepAlive() throws IOException {
        send("OPTIONS", base, RtspHeaders.NONE);
    }

    /// Takes the response to a keep-alive: a server whose nonce has expired gets new credentials. Returns false where
    /// it refused for another reason.
    boolean accept(RtspMessage.Response response) throws IOException {
        boolean renew = response.status() == UNAUTHORIZED && !renewing && learnChallenge(response);
        renewing = renew;
        if (renew) {
            keepAlive();
        }
        return renew || response.status() == OK;
    }

    void tearDown() throws IOException {
        send("TEARDOWN", base, RtspHeaders.NONE);
    }

    private void setUp(String track, long deadlineNanos) throws IOException {
        var headers = RtspHeaders.NONE.with("Transport", TRANSPORT);
        var setup = require(request("SETUP", track, headers, deadlineNanos), "SETUP");
        String sessionHeader = setup.header("Session").orElse("");
        session = sessionHeader.split(";", 2)[0].strip();
        var timeout = TIMEOUT.matcher(sessionHeader);
        if (timeout.find()) {
            var half = Duration.ofSeconds(Math.max(1, Integer.parseInt(timeout.group(1)) / 2));
            keepAliveEvery = half.compareTo(MAX_KEEP_ALIVE) < 0 ? half : MAX_KEEP_ALIVE;
        }
        var channels = CHANNELS.matcher(setup.header("Transport").orElse(""));
        if (channels.find()) {
            rtpChannel = Integer.parseInt(channels.group(1));
            rtcpChannel = channels.group(2) == null ? rtpChannel + 1 : Integer.parseInt(channels.group(2));
        }
    }

    private void start(String track, long deadlineNanos) throws IOException {
        var headers = RtspHeaders.NONE.with("Range", "npt=0.000-");
        var response = request("PLAY", base, headers, deadlineNanos);
        if (response.status() == AGGREGATE_NOT_ALLOWED && !track.equals(base)) {
            base = track;
            response = request("PLAY", base, headers, deadlineNanos);
        }
        require(response, "PLAY");
    }

    /// The response to a request; one that asks for credentials is answered with them, also where a nonce has expired.
    private RtspMessage.Response request(String method, String location, RtspHeaders headers, long deadlineNanos)
            throws IOException {
        send(method, location, headers);
        var response = response(deadlineNanos);
        for (int i = 0; i < MAX_CREDENTIALS && response.status() == UNAUTHORIZED && learnChallenge(response); i++) {
            send(method, location, headers);
            response = response(deadlineNanos);
        }
        return response;
    }

    private static RtspMessage.Response require(RtspMessage.Response response, String method) throws IOException {
        return switch (response.status()) {
            case OK -> response;
            case NOT_FOUND -> throw new NoSuchStreamException("the server knows no such stream");
            default -> throw new IOException(method + " was answered: " + response.status() + " " + response.reason());
        };
    }

    private boolean learnChallenge(RtspMessage.Response response) {
        challenge = AuthChallenge.best(response.headers().values("WWW-Authenticate"));
        return challenge.isPresent() && url.credentials().isPresent();
    }

    private RtspMessage.Response response(long deadlineNanos) throws IOException {
        while (true) {
            long left = deadlineNanos - System.nanoTime();
            if (left <= 0) {
                throw new SocketTimeoutException("no answer in time");
            }
            connection.limitWaits(Duration.ofNanos(left));
            if (connection.next() instanceof RtspMessage.Response response) {
                return response;
            }
        }
    }

    private void send(String method, String location, RtspHeaders headers) throws IOException {
        requests++;
        var all = RtspHeaders.NONE.with("CSeq", Integer.toString(requests)).with("User-Agent", "aerie");
        for (RtspHeaders.Header header : headers.all()) {
            all = all.with(header.name(), header.value());
        }
        if (!session.isEmpty()) {
            all = all.with("Session", session);
        }
        if (challenge.isPresent() && url.credentials().isPresent()) {
            String clientNonce = Long.toHexString(System.nanoTime());
            all = all.with(
                    "Authorization",
                    challenge.get().answer(method, location, url.credentials().get(), clientNonce));
        }
        connection.send(new RtspMessage.Request(method, location, all, ""));
    }
}
