package dev.aerie.ingest.rtsp;

import static java.nio.charset.StandardCharsets.UTF_8;

/// What stands in a request beside its syntax: the stream's address and the transports that a client offers.
final class RequestFuzz {

    private RequestFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        String text = new String(data, UTF_8);
        try {
            StreamUri.parse(text);
        } catch (RefusedException _) {
            // Answered with 404.
        }
        try {
            switch (TransportHeader.choose(text, 0, true)) {
                case TransportHeader.Tcp(int rtp, int rtcp) -> require(rtp >= 0 && rtcp <= 255 && rtcp != rtp);
                case TransportHeader.Udp(int rtp, int rtcp) -> require(rtp > 0 && rtcp <= 65_535 && rtcp != rtp);
            }
        } catch (RefusedException _) {
            // Answered with 461.
        }
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new AssertionError("not what may be chosen");
        }
    }
}
