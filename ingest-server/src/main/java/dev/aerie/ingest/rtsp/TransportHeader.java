package dev.aerie.ingest.rtsp;

import java.util.Optional;
import java.util.OptionalInt;

/// How a client wants its packets (RFC 2326, 12.39): the first of its offers that we can do.
sealed interface TransportHeader {

    /// Within the RTSP connection, on these channels.
    record Tcp(int rtpChannel, int rtcpChannel) implements TransportHeader {}

    /// To and from these ports of the client.
    record Udp(int rtpPort, int rtcpPort) implements TransportHeader {}

    /// Chooses among the comma-separated offers; refuses with 461 where we can do none of them.
    ///
    /// - `datagrams`: whether packets may leave the connection
    static TransportHeader choose(String header, int freeChannel, boolean datagrams) throws RefusedException {
        for (String offer : header.split(",", -1)) {
            Optional<TransportHeader> chosen = read(offer, freeChannel);
            if (chosen.isPresent() && (datagrams || chosen.get() instanceof Tcp)) {
                return chosen.get();
            }
        }
        throw new RefusedException(
                461,
                "transports here: RTP/AVP/TCP interleaved"
                        + (datagrams ? ", RTP/AVP unicast with client_port" : ", for others would be in the clear"));
    }

    private static Optional<TransportHeader> read(String offer, int freeChannel) {
        String[] parts = offer.strip().split(";", -1);
        boolean multicast = false;
        Optional<int[]> interleaved = Optional.empty();
        Optional<int[]> clientPort = Optional.empty();
        for (String part : parts) {
            String parameter = part.strip();
            multicast |= parameter.equalsIgnoreCase("multicast");
            if (parameter.startsWith("interleaved=")) {
                interleaved = pair(parameter.substring("interleaved=".length()), 0, 255);
            } else if (parameter.startsWith("client_port=")) {
                clientPort = pair(parameter.substring("client_port=".length()), 1, 65535);
            }
        }
        return switch (parts[0].strip()) {
            case "RTP/AVP/TCP" -> Optional.of(tcp(interleaved.orElse(new int[] {freeChannel, freeChannel + 1})));
            case "RTP/AVP", "RTP/AVP/UDP" -> multicast ? Optional.empty() : clientPort.map(TransportHeader::udp);
            default -> Optional.empty();
        };
    }

    private static TransportHeader tcp(int[] channels) {
        return new Tcp(channels[0], channels[1]);
    }

    private static TransportHeader udp(int[] ports) {
        return new Udp(ports[0], ports[1]);
    }

    /// `a-b`, or `a` alone for `a` and the number after it.
    private static Optional<int[]> pair(String text, int min, int max) {
        String[] numbers = text.split("-", -1);
        OptionalInt first = number(numbers[0]);
        OptionalInt second = numbers.length > 1 ? number(numbers[1]) : OptionalInt.of(first.orElse(-1) + 1);
        boolean valid = numbers.length <= 2
                && first.isPresent()
                && second.isPresent()
                && first.getAsInt() >= min
                && second.getAsInt() <= max
                && second.getAsInt() >= min
                && first.getAsInt() <= max
                && first.getAsInt() != second.getAsInt();
        return valid ? Optional.of(new int[] {first.getAsInt(), second.getAsInt()}) : Optional.empty();
    }

    private static OptionalInt number(String text) {
        boolean digits = !text.isEmpty() && text.length() <= 5 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
    }
}
