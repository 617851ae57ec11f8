package dev.aerie.ingest.rtsp;

import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;

/// Two UDP sockets on neighbouring ports, RTP on the even one and RTCP on the odd one after it (RFC 3550, 11).
///
/// Owns both. Opened and used on one event loop.
@SuppressWarnings("FutureReturnValueIgnored") // Netty's: on the event loop UDP sockets do all this at once.
record UdpPair(NioDatagramChannel rtp, NioDatagramChannel rtcp, int rtpPort) implements AutoCloseable {

    private static final int ATTEMPTS = 50;
    private static final int BUFFER_BYTES = 1 << 20;

    /// A pair of free ports on `address`; throws [IOException] if none is to be had.
    static UdpPair open(InetAddress address, EventLoop loop, ChannelHandler onRtp, ChannelHandler onRtcp)
            throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            DatagramChannel first = bind(address, 0);
            int port = ((InetSocketAddress) first.getLocalAddress()).getPort();
            try {
                DatagramChannel second = bind(address, port ^ 1);
                boolean even = (port & 1) == 0;
                return register(even ? first : second, even ? second : first, port & ~1, loop, onRtp, onRtcp);
            } catch (IOException _) {
                first.close();
            }
        }
        throw new IOException("no two neighbouring UDP ports are free on " + address.getHostAddress());
    }

    /// Sends to this client and hears only it from now on.
    void connect(InetAddress client, TransportHeader.Udp ports) {
        rtp.connect(new InetSocketAddress(client, ports.rtpPort()));
        rtcp.connect(new InetSocketAddress(client, ports.rtcpPort()));
    }

    @Override
    public void close() {
        rtp.close();
        rtcp.close();
    }

    private static UdpPair register(
            DatagramChannel rtp,
            DatagramChannel rtcp,
            int rtpPort,
            EventLoop loop,
            ChannelHandler onRtp,
            ChannelHandler onRtcp) {
        var pair = new UdpPair(new NioDatagramChannel(rtp), new NioDatagramChannel(rtcp), rtpPort);
        pair.rtp.pipeline().addLast(onRtp);
        pair.rtcp.pipeline().addLast(onRtcp);
        loop.register(pair.rtp);
        loop.register(pair.rtcp);
        return pair;
    }

    private static DatagramChannel bind(InetAddress address, int port) throws IOException {
        var channel = DatagramChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_SNDBUF, BUFFER_BYTES);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
            return channel.bind(new InetSocketAddress(address, port));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }
}
