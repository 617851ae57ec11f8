package dev.aerie.ptz.onvif;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Finds ONVIF cameras on the networks of this machine: asks by multicast, and collects who answers.
public final class OnvifDiscovery {

    /// Where ONVIF devices listen (WS-Discovery, 2.4).
    public static final InetSocketAddress GROUP = new InetSocketAddress("239.255.255.250", 3702);

    private static final int MAX_DATAGRAM_BYTES = 1 << 16;
    private static final int MAX_CAMERAS = 4096;

    /// A probe may be lost: it is sent again after a while.
    private static final int PROBES = 3;

    private OnvifDiscovery() {}

    /// Asks on every network and waits for answers; each device is named once.
    ///
    /// - `wait`: for answers, in all
    ///
    /// Throws [IOException] where no network can be asked.
    public static List<DiscoveredCamera> find(Duration wait) throws IOException {
        return find(wait, GROUP, interfaces());
    }

    /// The same at another address, for tests.
    ///
    /// - `interfaces`: to ask on; none for whichever leads there
    static List<DiscoveredCamera> find(Duration wait, InetSocketAddress target, List<NetworkInterface> interfaces)
            throws IOException {
        var probe = ProbeMessage.create();
        var channels = new ArrayList<DatagramChannel>();
        try (var selector = Selector.open()) {
            for (NetworkInterface network : interfaces) {
                channels.add(channel(selector).setOption(StandardSocketOptions.IP_MULTICAST_IF, network));
            }
            if (interfaces.isEmpty()) {
                channels.add(channel(selector));
            }
            return collect(probe, selector, channels, target, wait);
        } finally {
            for (DatagramChannel channel : channels) {
                channel.close();
            }
        }
    }

    private static List<DiscoveredCamera> collect(
            ProbeMessage probe,
            Selector selector,
            List<DatagramChannel> channels,
            InetSocketAddress target,
            Duration wait)
            throws IOException {
        Map<String, DiscoveredCamera> found = new LinkedHashMap<>();
        IOException refused = new IOException("no network to ask on");
        int sent = 0;
        for (int round = 0; round < PROBES; round++) {
            for (DatagramChannel channel : channels) {
                try {
                    sent += channel.send(ByteBuffer.wrap(probe.write().getBytes(StandardCharsets.UTF_8)), target);
                } catch (IOException e) {
                    refused = e; // one network of several may have no way there
                }
            }
            if (sent == 0) {
                throw new IOException("no network could be asked: " + refused.getMessage(), refused);
            }
            receive(probe, selector, wait.dividedBy(PROBES), found);
        }
        return List.copyOf(found.values());
    }

    private static void receive(
            ProbeMessage probe, Selector selector, Duration wait, Map<String, DiscoveredCamera> found)
            throws IOException {
        long deadlineNanos = System.nanoTime() + wait.toNanos();
        var buffer = ByteBuffer.allocate(MAX_DATAGRAM_BYTES);
        long leftMillis = wait.toMillis();
        while (leftMillis > 0 && !Thread.currentThread().isInterrupted()) {
            selector.select(leftMillis);
            for (SelectionKey key : selector.selectedKeys()) {
                var channel = (DatagramChannel) key.channel();
                while (channel.receive(buffer.clear()) != null) {
                    byte[] datagram = new byte[buffer.flip().remaining()];
                    buffer.get(datagram);
                    probe.matches(datagram).stream()
                            .limit(Math.max(0, MAX_CAMERAS - found.size()))
                            .forEach(camera -> found.putIfAbsent(camera.endpoint(), camera));
                }
            }
            selector.selectedKeys().clear();
            leftMillis = (deadlineNanos - System.nanoTime()) / 1_000_000;
        }
    }

    private static DatagramChannel channel(Selector selector) throws IOException {
        var channel = DatagramChannel.open(StandardProtocolFamily.INET);
        channel.bind(new InetSocketAddress(0));
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ);
        return channel;
    }

    private static List<NetworkInterface> interfaces() throws IOException {
        var all = new ArrayList<NetworkInterface>();
        for (NetworkInterface network : NetworkInterface.networkInterfaces().toList()) {
            boolean addressed = network.inetAddresses().anyMatch(Inet4Address.class::isInstance);
            if (network.isUp() && network.supportsMulticast() && !network.isLoopback() && addressed) {
                all.add(network);
            }
        }
        return all;
    }
}
