package dev.aerie.ingest.webrtc;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The addresses of this machine, as candidates of ICE.
final class LocalAddresses {

    private LocalAddresses() {}

    /// Of one that listens on `bound`: that one, or all there are where it is the wildcard, loopback last.
    static List<InetAddress> of(InetAddress bound) throws SocketException {
        if (!bound.isAnyLocalAddress()) {
            return List.of(bound);
        }
        var all = new ArrayList<InetAddress>();
        for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
            if (each.isUp()) {
                each.inetAddresses()
                        .filter(address -> !address.isLinkLocalAddress())
                        .forEach(all::add);
            }
        }
        all.sort(Comparator.comparingInt((InetAddress address) -> address.isLoopbackAddress() ? 1 : 0)
                .thenComparingInt(address -> address.getAddress().length));
        return all;
    }
}
