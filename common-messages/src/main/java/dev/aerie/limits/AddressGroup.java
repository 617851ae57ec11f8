package dev.aerie.limits;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/// Who counts as one client: an IPv4 address, or the 64 bits of an IPv6 address that one customer of a provider has
/// and may fill with any others.
record AddressGroup(String name) {

    private static final int IPV6_NETWORK_BYTES = 8;

    static AddressGroup of(InetAddress address) {
        if (address instanceof Inet6Address ipv6 && !ipv6.isLoopbackAddress()) {
            byte[] network = Arrays.copyOf(ipv6.getAddress(), IPV6_NETWORK_BYTES);
            return new AddressGroup(HexFormat.of().formatHex(network));
        }
        return new AddressGroup(address.isLoopbackAddress() ? "loopback" : address.getHostAddress());
    }
}
