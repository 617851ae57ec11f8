package dev.aerie.ingest.rtsp;

import dev.aerie.ingest.relay.RelayStream;
import dev.aerie.rtsp.message.RtspMessage;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A client that reads a stream: SETUP chooses a transport, PLAY joins the broadcast, PAUSE leaves it.
@SuppressWarnings("FutureReturnValueIgnored") // Netty's: nothing is left to do when a close fails.
final class ReadSession implements ClientSession {

    private static final Logger LOG = LoggerFactory.getLogger(ReadSession.class);

    private final String id;
    private final Channel connection;
    private final RtspServerContext context;
    private final Runnable touch;
    private final RtspStream stream;
    private final RtpFanout fanout;

    private Optional<PacketSink> sink = Optional.empty();
    private @Nullable StreamReader reader;
    private boolean playing;
    private boolean closed;

    /// - `touch`: called when the client shows by RTCP that it is alive
    ReadSession(
            Channel connection, RtspServerContext context, RelayStream stream, boolean trailingAud, Runnable touch) {
        this.id = context.newSessionId();
        this.connection = connection;
        this.context = context;
        this.touch = touch;
        this.stream = context.outlet(stream);
        this.fanout = this.stream.broadcast(trailingAud);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String stream() {
        return stream.stream().name();
    }

    @Override
    public RtspResponse setup(RtspMessage.Request request) throws RefusedException {
        if (playing) {
            throw new RefusedException(455, "PAUSE before another SETUP");
        }
        var transport = TransportHeader.choose(request.header("Transport").orElse(""), 0, !RtspTls.isOn(connection));
        release();
        return RtspResponse.ok()
                .header(
                        "Transport",
                        switch (transport) {
                            case TransportHeader.Tcp tcp -> overTcp(tcp);
                            case TransportHeader.Udp udp -> overUdp(udp);
                        });
    }

    @Override
    public RtspResponse start(RtspMessage.Request request) throws RefusedException {
        var target = sink.orElseThrow(() -> new RefusedException(455, "SETUP before PLAY"));
        if (stream.stream().isClosed()) {
            throw new RefusedException(404, "stream " + stream.stream().name() + " has ended");
        }
        var response = RtspResponse.ok().header("Range", "npt=now-");
        if (playing) {
            return response;
        }
        var joined =
                new StreamReader(id, remoteAddress(), target, context.config().limits(), stream, this::streamEnded);
        var beginning = fanout.join(joined, connection.eventLoop());
        stream.add(joined);
        reader = joined;
        playing = true;
        LOG.info(
                "reader joined stream={} session={} transport={}",
                stream.stream().name(),
                id,
                target.transport());
        return response.header("RTP-Info", rtpInfo(request.uri(), beginning));
    }

    @Override
    public RtspResponse pause() throws RefusedException {
        if (!playing) {
            throw new RefusedException(455, "PLAY before PAUSE");
        }
        leaveBroadcast();
        return RtspResponse.ok();
    }

    @Override
    public void interleaved(int channel, ByteBuffer packet) {
        touch.run();
    }

    @Override
    public Optional<String> overdue() {
        var current = reader;
        Duration allowed = context.config().timeouts().stalledReader();
        if (current != null && playing && current.isStalled(allowed)) {
            stream.countKick();
            return Optional.of("stalled for " + allowed.toMillis() + " ms");
        }
        return Optional.empty();
    }

    @Override
    public boolean isAlive() {
        return playing && sink.isPresent() && !(sink.get() instanceof UdpSink);
    }

    @Override
    public void close(String cause) {
        if (closed) {
            return;
        }
        closed = true;
        if (playing) {
            LOG.info(
                    "reader left stream={} session={} cause={}", stream.stream().name(), id, cause);
        }
        release();
    }

    private String overTcp(TransportHeader.Tcp tcp) {
        sink = Optional.of(RtspTls.isOn(connection) ? new TlsSink(connection, tcp) : new TcpSink(connection, tcp));
        return String.format(
                Locale.ROOT,
                "RTP/AVP/TCP;unicast;interleaved=%d-%d;ssrc=%08X;mode=\"PLAY\"",
                tcp.rtpChannel(),
                tcp.rtcpChannel(),
                fanout.ssrc());
    }

    private String overUdp(TransportHeader.Udp udp) throws RefusedException {
        var client = (InetSocketAddress) connection.remoteAddress();
        var local = (InetSocketAddress) connection.localAddress();
        try {
            ChannelHandler rtp = new DatagramReceiver(_ -> touch.run(), this::unreachable);
            ChannelHandler rtcp = new DatagramReceiver(_ -> touch.run(), () -> {});
            var pair = UdpPair.open(local.getAddress(), connection.eventLoop(), rtp, rtcp);
            pair.connect(client.getAddress(), udp);
            sink = Optional.of(new UdpSink(pair));
            return String.format(
                    Locale.ROOT,
                    "RTP/AVP;unicast;client_port=%d-%d;server_port=%d-%d;ssrc=%08X;mode=\"PLAY\"",
                    udp.rtpPort(),
                    udp.rtcpPort(),
                    pair.rtpPort(),
                    pair.rtpPort() + 1,
                    fanout.ssrc());
        } catch (IOException e) {
            LOG.warn("no udp ports stream={} cause={}", stream.stream().name(), e.getMessage());
            throw new RefusedException(503, "no UDP ports are free");
        }
    }

    private static String rtpInfo(String uri, Optional<RtpFanout.Beginning> beginning) {
        String base = uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
        String url = "url=" + (base.contains("/trackID=") ? base : base + "/trackID=0");
        return beginning
                .map(begin ->
                        url + ";seq=" + begin.sequence() + ";rtptime=" + Integer.toUnsignedString(begin.rtpTime()))
                .orElse(url);
    }

    private String remoteAddress() {
        return ((InetSocketAddress) connection.remoteAddress()).getAddress().getHostAddress();
    }

    /// The reader's port is closed: it has gone without a word.
    private void unreachable() {
        close("port unreachable");
        connection.close();
    }

    private void streamEnded() {
        close("stream ended");
        connection.writeAndFlush(connection.alloc().buffer(0)).addListener(_ -> connection.close());
    }

    private void release() {
        leaveBroadcast();
        sink.ifPresent(PacketSink::close);
        sink = Optional.empty();
    }

    private void leaveBroadcast() {
        var current = reader;
        if (playing && current != null) {
            playing = false;
            reader = null;
            current.leave();
            stream.remove(current);
            fanout.leave(current, connection.eventLoop());
        }
    }
}
