package dev.aerie.ingest.source;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Hosts to which this server connects because it was given a URL: of cameras, of webhooks. A name counts by every
/// address that it has, so that no name leads elsewhere.
///
/// Without a list all hosts but those that nobody means: link-local addresses, among them those where clouds tell a
/// machine its secrets, multicast, and addresses that mean "any".
public final class SourceHosts {

    /// Of clouds, beside 169.254.169.254, which is link-local.
    private static final Set<String> METADATA = Set.of("fd00:ec2:0:0:0:0:0:254", "100.100.100.200", "192.0.0.192");

    private final String setting;
    private final Set<String> names = new HashSet<>();
    private final List<Network> networks = new ArrayList<>();

    /// Addresses that begin with the same bits.
    @SuppressWarnings("ArrayRecordComponent") // Nothing compares networks.
    private record Network(byte[] first, int bits) {

        boolean contains(InetAddress address) {
            byte[] bytes = address.getAddress();
            if (bytes.length != first.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit & 7);
                if (((bytes[bit >> 3] ^ first[bit >> 3]) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    /// Those of `SOURCE_HOSTS`.
    public SourceHosts(List<String> listed) {
        this("SOURCE_HOSTS", listed);
    }

    /// - `setting`: the variable that has the list
    /// - `listed`: host names, addresses, networks such as `10.0.0.0/8`; none allows all hosts but the few above.
    ///   Throws [IllegalArgumentException] for a network that is none.
    public SourceHosts(String setting, List<String> listed) {
        this.setting = setting;
        for (String one : listed) {
            String text = one.strip().toLowerCase(Locale.ROOT);
            int slash = text.indexOf('/');
            if (slash >= 0) {
                networks.add(network(text.substring(0, slash), text.substring(slash + 1)));
            } else {
                names.add(canonical(text));
            }
        }
    }

    /// Whether a list such as `camera-1,10.0.0.0/8` can be read.
    public static boolean isValid(String list) {
        try {
            var _ = new SourceHosts(List.of(list.split(",", -1)));
            return true;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /// Throws [IOException] for the URL of a host that is not allowed, or that has no address.
    public void require(String url) throws IOException {
        String host = plain(String.valueOf(URI.create(url).getHost()));
        if (names.contains(host)) {
            return;
        }
        for (InetAddress address : addresses(host)) {
            if (!isAllowed(address)) {
                throw new IOException("this host is not allowed: see " + setting);
            }
        }
    }

    private boolean isAllowed(InetAddress address) {
        if (!names.isEmpty() || !networks.isEmpty()) {
            return names.contains(address.getHostAddress())
                    || networks.stream().anyMatch(network -> network.contains(address));
        }
        return !address.isLinkLocalAddress()
                && !address.isAnyLocalAddress()
                && !address.isMulticastAddress()
                && !METADATA.contains(address.getHostAddress());
    }

    private static InetAddress[] addresses(String host) throws IOException {
        try {
            return InetAddress.getAllByName(host);
        } catch (UnknownHostException e) {
            throw new IOException("the host has no address", e);
        }
    }

    private static String plain(String host) {
        String text = host.toLowerCase(Locale.ROOT);
        return text.startsWith("[") ? text.substring(1, text.length() - 1) : text;
    }

    /// An address has many forms, a name has one.
    private static String canonical(String host) {
        try {
            return InetAddress.ofLiteral(host).getHostAddress();
        } catch (IllegalArgumentException _) {
            return host;
        }
    }

    private static Network network(String address, String bits) {
        byte[] first = InetAddress.ofLiteral(address).getAddress();
        int count = Integer.parseInt(bits);
        if (count < 0 || count > first.length * 8) {
            throw new IllegalArgumentException("a network has 0.." + first.length * 8 + " bits, was " + bits);
        }
        return new Network(first, count);
    }
}
