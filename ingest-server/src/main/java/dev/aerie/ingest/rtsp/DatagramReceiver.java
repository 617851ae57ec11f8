package dev.aerie.ingest.rtsp;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.PortUnreachableException;
import java.util.function.Consumer;

/// Hands on what a UDP socket receives. A peer that has closed its port is told about; other errors are the network's.
final class DatagramReceiver extends SimpleChannelInboundHandler<DatagramPacket> {

    private final Consumer<DatagramPacket> onPacket;
    private final Runnable onUnreachable;

    /// - `onPacket`: gets each packet, lent
    DatagramReceiver(Consumer<DatagramPacket> onPacket, Runnable onUnreachable) {
        super(DatagramPacket.class);
        this.onPacket = onPacket;
        this.onUnreachable = onUnreachable;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
        onPacket.accept(packet);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof PortUnreachableException) {
            onUnreachable.run();
        }
    }
}
