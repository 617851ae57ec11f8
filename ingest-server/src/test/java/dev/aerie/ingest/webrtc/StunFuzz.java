package dev.aerie.ingest.webrtc;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;

/// Checks of ICE by whoever reaches the port: STUN, before anybody is known.
final class StunFuzz {

    private static final List<InetSocketAddress> FROM = List.of(
            new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 32_853),
            new InetSocketAddress(InetAddress.ofLiteral("2001:db8::1"), 65_535));

    private StunFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        boolean isStun = BindingRequest.isStun(data);
        var read = BindingRequest.read(data);
        if (read.isEmpty()) {
            return;
        }
        var request = read.get();
        if (!isStun || request.serverFragment().length() > data.length) {
            throw new AssertionError("read what is no STUN, or more than there is: " + request);
        }
        if (request.isSignedWith("a password of 22 bytes")) {
            throw new AssertionError("signed by whoever does not know the password");
        }
        for (InetSocketAddress from : FROM) {
            byte[] answer = request.answer(from, request.nominates() ? "one" : "another");
            if (Short.toUnsignedInt(ByteBuffer.wrap(answer).getShort(2)) != answer.length - 20) {
                throw new AssertionError("an answer with a wrong length");
            }
        }
    }
}
