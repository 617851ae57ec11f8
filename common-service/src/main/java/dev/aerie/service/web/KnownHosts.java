package dev.aerie.service.web;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// The names under which a server may be asked, as browsers write them into `Host`.
///
/// A page of any site can let its own name point to an address of ours once it is loaded (DNS rebinding): the browser
/// then takes our answers for the page's own. What it cannot change is the name in `Host`. An address is nobody's name.
/// Neither is a name without a dot, `localhost` or that of a container: rebinding needs a name in the public DNS, where
/// names without a dot are top-level domains, which have no addresses that a stranger can set. All others are known by
/// a list.
final class KnownHosts {

    private static final int MAX_LABEL_CHARACTERS = 63;
    private static final int IPV4_NUMBERS = 4;
    private static final int MAX_IPV4_NUMBER = 255;

    private final Set<String> names;

    /// - `names`: those with a dot in them, without ports
    KnownHosts(Collection<String> names) {
        this.names = names.stream().map(KnownHosts::plain).collect(Collectors.toUnmodifiableSet());
    }

    /// - `host`: value of the header, with or without a port
    boolean isKnown(String host) {
        if (host.startsWith("[")) {
            int end = host.indexOf(']');
            return end > 1 && isIpv6(host.substring(1, end)) && isPort(host.substring(end + 1));
        }
        int colon = host.indexOf(':');
        String name = plain(colon < 0 ? host : host.substring(0, colon));
        return (colon < 0 || isPort(host.substring(colon))) && (isLabel(name) || isIpv4(name) || names.contains(name));
    }

    private static String plain(String name) {
        String lower = name.strip().toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    private static boolean isLabel(String name) {
        return !name.isEmpty()
                && name.length() <= MAX_LABEL_CHARACTERS
                && name.chars().allMatch(c -> (c >= 'a' && c <= 'z') || isDigit(c) || c == '-' || c == '_');
    }

    private static boolean isIpv4(String name) {
        String[] numbers = name.split("\\.", -1);
        if (numbers.length != IPV4_NUMBERS) {
            return false;
        }
        for (String number : numbers) {
            boolean digits =
                    !number.isEmpty() && number.length() <= 3 && number.chars().allMatch(KnownHosts::isDigit);
            if (!digits || Integer.parseInt(number) > MAX_IPV4_NUMBER) {
                return false;
            }
        }
        return true;
    }

    /// Between brackets nothing else may stand: whether it is a good address is the browser's business.
    private static boolean isIpv6(String address) {
        return address.indexOf(':') >= 0
                && address.chars().allMatch(c -> Character.digit(c, 16) >= 0 || c == ':' || c == '.');
    }

    /// Nothing, or `:` and a number.
    private static boolean isPort(String text) {
        return text.isEmpty()
                || (text.charAt(0) == ':'
                        && text.length() > 1
                        && text.substring(1).chars().allMatch(KnownHosts::isDigit));
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }
}
