package dev.aerie.ingest.webrtc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DatagramTransport;

/// Datagrams of whoever knows the password of a session, each behind two bytes with its length: every one belongs
/// to one protocol at most, and those of DTLS go through its library, which ends the handshake.
final class DtlsFuzz {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final DtlsIdentity IDENTITY = DtlsIdentity.make(RANDOM, Instant.ofEpochSecond(1_700_000_000));
    private static final Fingerprint EXPECTED = IDENTITY.fingerprint();

    private DtlsFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        var server = new DtlsServer(RANDOM, IDENTITY, EXPECTED, () -> {});
        try {
            new DTLSServerProtocol().accept(server, new Datagrams(ByteBuffer.wrap(data)));
        } catch (IOException | RuntimeException _) {
            return; // Ends the session, as in DtlsLink.
        }
        throw new AssertionError("a handshake by whoever has no key");
    }

    /// Hands them out one after the other, and then has no more.
    private record Datagrams(ByteBuffer in) implements DatagramTransport {

        @Override
        public int getReceiveLimit() {
            return 1_500;
        }

        @Override
        public int getSendLimit() {
            return 1_200;
        }

        @Override
        public int receive(byte[] into, int at, int bytes, int waitMillis) throws IOException {
            while (in.remaining() > 2) {
                var datagram = new byte[Math.min(in.getShort() & 0x7ff, in.remaining())];
                in.get(datagram);
                boolean isDtls = DtlsLink.isDtls(datagram);
                int kinds = (BindingRequest.isStun(datagram) ? 1 : 0)
                        + (isDtls ? 1 : 0)
                        + (WebRtcSession.isRtp(datagram) ? 1 : 0);
                if (kinds > 1) {
                    throw new AssertionError("a datagram of two protocols");
                }
                if (isDtls) {
                    int taken = Math.min(bytes, datagram.length);
                    System.arraycopy(datagram, 0, into, at, taken);
                    return taken;
                }
            }
            throw new IOException("no more");
        }

        @Override
        public void send(byte[] from, int at, int bytes) {
            if (bytes > getSendLimit()) {
                throw new AssertionError("a datagram of " + bytes + " bytes is sent");
            }
        }

        @Override
        public void close() {}
    }
}
