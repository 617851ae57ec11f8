package dev.aerie.ingest.rtsp;

import dev.aerie.rtp.MalformedPacketException;
import dev.aerie.rtsp.message.RtspMessage;
import dev.aerie.rtsp.sdp.MediaDescription;
import dev.aerie.rtsp.sdp.SessionDescription;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.MalformedVideoException;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.socket.DatagramPacket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A client that publishes: ANNOUNCE describes its media, SETUP gives each a transport, RECORD begins.
///
/// The first H.264 or H.265 video is published; other media are set up and their packets thrown away, so that a
/// camera with sound is not refused.
@SuppressWarnings("FutureReturnValueIgnored") // Netty's: nothing is left to do when a close fails.
final class RecordSession implements ClientSession {

    private static final Logger LOG = LoggerFactory.getLogger(RecordSession.class);

    private final String id;
    private final String stream;
    private final Channel connection;
    private final RtspServerContext context;
    private final Runnable touch;
    private final List<MediaDescription> media;
    private final MediaDescription video;
    private final RecordTrack track;
    private final Map<Integer, PacketKind> channels = new HashMap<>();
    private final Map<MediaDescription, UdpPair> sockets = new HashMap<>();

    private PublishHandler.@Nullable Publication publication;
    private long lastPacketNanos;
    private boolean closed;

    private enum PacketKind {
        VIDEO_RTP,
        VIDEO_RTCP,
        OTHER
    }

    /// Refuses with 415 a description without video that can be taken.
    RecordSession(
            Channel connection,
            RtspServerContext context,
            String stream,
            SessionDescription description,
            Runnable touch)
            throws RefusedException {
        this.id = context.newSessionId();
        this.stream = stream;
        this.connection = connection;
        this.context = context;
        this.touch = touch;
        this.media = description.media();
        this.video = videoOf(description);
        this.track = new RecordTrack(stream, video);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String stream() {
        return stream;
    }

    @Override
    public RtspResponse setup(RtspMessage.Request request) throws RefusedException {
        if (publication != null) {
            throw new RefusedException(455, "SETUP comes before RECORD");
        }
        var chosen = findMedia(request.uri());
        int freeChannel = channels.keySet().stream()
                .mapToInt(channel -> channel + 1)
                .max()
                .orElse(0);
        var transport = TransportHeader.choose(
                request.header("Transport").orElse(""), freeChannel & ~1, !RtspTls.isOn(connection));
        return RtspResponse.ok()
                .header(
                        "Transport",
                        switch (transport) {
                            case TransportHeader.Tcp tcp -> overTcp(tcp, chosen.equals(video));
                            case TransportHeader.Udp udp -> overUdp(udp, chosen);
                        });
    }

    @Override
    public RtspResponse start(RtspMessage.Request request) throws RefusedException {
        if (publication != null) {
            return RtspResponse.ok();
        }
        if (channels.isEmpty() && sockets.isEmpty()) {
            throw new RefusedException(455, "SETUP before RECORD");
        }
        try {
            publication = context.publishers().open(stream, remote().getHostAddress());
        } catch (PublishRefusedException e) {
            throw new RefusedException(e.status(), String.valueOf(e.getMessage()));
        }
        lastPacketNanos = System.nanoTime();
        LOG.info("publisher began stream={} session={}", stream, id);
        return RtspResponse.ok();
    }

    @Override
    public RtspResponse pause() {
        return RtspResponse.ok(); // GStreamer does so before TEARDOWN. One that stays silent is ended as such.
    }

    @Override
    public void interleaved(int channel, ByteBuffer packet) {
        receive(channels.getOrDefault(channel, PacketKind.OTHER), packet, true);
    }

    @Override
    public Optional<String> overdue() {
        var allowed = context.config().timeouts().publisher();
        boolean silent = isAlive() && System.nanoTime() - lastPacketNanos > allowed.toNanos();
        return silent ? Optional.of("silent for " + allowed.toMillis() + " ms") : Optional.empty();
    }

    @Override
    public boolean isAlive() {
        return publication != null && !closed;
    }

    @Override
    public void close(String cause) {
        if (closed) {
            return;
        }
        closed = true;
        sockets.values().forEach(UdpPair::close);
        var ending = publication;
        if (ending != null) {
            LOG.info("publisher ended stream={} session={} cause={}", stream, id, cause);
            ending.ended(cause);
        }
    }

    private static MediaDescription videoOf(SessionDescription description) throws RefusedException {
        try {
            return description.video();
        } catch (IOException e) {
            throw new RefusedException(415, String.valueOf(e.getMessage()));
        }
    }

    /// The media that a SETUP URI names; where there is only one, any URI will do.
    private MediaDescription findMedia(String uri) throws RefusedException {
        for (MediaDescription candidate : media) {
            String control = candidate.control();
            if (!control.isEmpty() && (uri.equals(control) || uri.endsWith("/" + control))) {
                return candidate;
            }
        }
        if (media.size() == 1) {
            return media.getFirst();
        }
        throw new RefusedException(404, "the URI names none of the announced media");
    }

    private String overTcp(TransportHeader.Tcp tcp, boolean isVideo) {
        channels.put(tcp.rtpChannel(), isVideo ? PacketKind.VIDEO_RTP : PacketKind.OTHER);
        channels.put(tcp.rtcpChannel(), isVideo ? PacketKind.VIDEO_RTCP : PacketKind.OTHER);
        return String.format(
                Locale.ROOT, "RTP/AVP/TCP;unicast;interleaved=%d-%d;mode=record", tcp.rtpChannel(), tcp.rtcpChannel());
    }

    /// A client that sets a media up again gets new ports for it and loses the former.
    private String overUdp(TransportHeader.Udp udp, MediaDescription chosen) throws RefusedException {
        boolean isVideo = chosen.equals(video);
        var former = sockets.remove(chosen);
        if (former != null) {
            former.close();
        }
        var local = ((InetSocketAddress) connection.localAddress()).getAddress();
        try {
            ChannelHandler rtp = receiver(isVideo ? PacketKind.VIDEO_RTP : PacketKind.OTHER);
            ChannelHandler rtcp = receiver(isVideo ? PacketKind.VIDEO_RTCP : PacketKind.OTHER);
            var pair = UdpPair.open(local, connection.eventLoop(), rtp, rtcp);
            sockets.put(chosen, pair);
            return String.format(
                    Locale.ROOT,
                    "RTP/AVP;unicast;client_port=%d-%d;server_port=%d-%d;mode=record",
                    udp.rtpPort(),
                    udp.rtcpPort(),
                    pair.rtpPort(),
                    pair.rtpPort() + 1);
        } catch (IOException e) {
            LOG.warn("no udp ports stream={} cause={}", stream, e.getMessage());
            throw new RefusedException(503, "no UDP ports are free");
        }
    }

    /// Takes datagrams from the publisher's address only; its ports may differ from those it told (NAT).
    private ChannelHandler receiver(PacketKind kind) {
        return new DatagramReceiver(packet -> datagram(kind, packet), () -> {});
    }

    private void datagram(PacketKind kind, DatagramPacket packet) {
        if (packet.sender().getAddress().equals(remote())) {
            touch.run();
            receive(kind, packet.content().nioBuffer(), false);
        }
    }

    private void receive(PacketKind kind, ByteBuffer packet, boolean ordered) {
        var target = publication;
        if (target == null || closed) {
            return;
        }
        try {
            switch (kind) {
                case VIDEO_RTP -> publish(target, track.rtp(packet, ordered));
                case VIDEO_RTCP -> track.rtcp(packet);
                case OTHER -> {}
            }
        } catch (MalformedPacketException e) {
            context.countMalformed();
            LOG.debug("packet dropped stream={} cause={}", stream, e.getMessage());
        } catch (MalformedVideoException e) {
            end("malformed video: " + e.getMessage());
        } catch (RuntimeException | Error e) {
            LOG.error("publisher failed stream={} session={}", stream, id, e);
            end("internal error: " + e);
        }
        if (track.saidGoodbye()) {
            close("the publisher said goodbye"); // Its TEARDOWN is still to come.
        }
    }

    private void publish(PublishHandler.Publication target, List<AccessUnit> units) {
        lastPacketNanos = System.nanoTime();
        for (AccessUnit unit : units) {
            target.accept(unit, track.clock().unixNanos((int) unit.ptsTicks90k()));
        }
    }

    private void end(String cause) {
        close(cause);
        connection.close();
    }

    private InetAddress remote() {
        return ((InetSocketAddress) connection.remoteAddress()).getAddress();
    }
}
