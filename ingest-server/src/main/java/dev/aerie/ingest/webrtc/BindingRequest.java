package dev.aerie.ingest.webrtc;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;

/// A check of ICE: a binding request of STUN (RFC 8489, RFC 8445), and the answer of a server that is ICE-lite.
final class BindingRequest {

    private static final int COOKIE = 0x2112_A442;
    private static final int HEADER_BYTES = 20;
    private static final int REQUEST = 0x0001;
    private static final int SUCCESS = 0x0101;
    private static final int USERNAME = 0x0006;
    private static final int INTEGRITY = 0x0008;
    private static final int XOR_MAPPED_ADDRESS = 0x0020;
    private static final int USE_CANDIDATE = 0x0025;
    private static final int FINGERPRINT = 0x8028;
    private static final int FINGERPRINT_MASK = 0x5354_554e;
    private static final int ATTRIBUTE_HEAD_BYTES = 4;
    private static final int INTEGRITY_BYTES = 20;
    private static final int TRANSACTION_AT = 8;
    private static final int IPV4_BYTES = 4;

    private final byte[] message;
    private String username = "";
    private boolean nominates;
    private int integrityAt = -1;

    private BindingRequest(byte[] message) {
        this.message = message;
    }

    /// Whether a datagram is STUN, by its first byte (RFC 7983).
    static boolean isStun(byte[] datagram) {
        return datagram.length >= HEADER_BYTES && datagram[0] >= 0 && datagram[0] <= 3;
    }

    /// Reads a request; empty for anything that is none. Nothing of it is verified yet.
    static Optional<BindingRequest> read(byte[] datagram) {
        var in = ByteBuffer.wrap(datagram);
        if (datagram.length < HEADER_BYTES
                || in.getShort(0) != REQUEST
                || in.getInt(4) != COOKIE
                || Short.toUnsignedInt(in.getShort(2)) != datagram.length - HEADER_BYTES) {
            return Optional.empty();
        }
        var request = new BindingRequest(datagram);
        return request.readAttributes(in) ? Optional.of(request) : Optional.empty();
    }

    /// The server's part of the user name; empty where there is none.
    String serverFragment() {
        int colon = username.indexOf(':');
        return colon < 0 ? "" : username.substring(0, colon);
    }

    /// Whether the browser has chosen this pair of addresses.
    boolean nominates() {
        return nominates;
    }

    /// Whether whoever sent it knows the password.
    boolean isSignedWith(String password) {
        if (integrityAt < 0) {
            return false;
        }
        byte[] signed = Arrays.copyOf(message, integrityAt);
        setLength(signed, integrityAt + ATTRIBUTE_HEAD_BYTES + INTEGRITY_BYTES);
        int at = integrityAt + ATTRIBUTE_HEAD_BYTES;
        return MessageDigest.isEqual(sign(signed, password), Arrays.copyOfRange(message, at, at + INTEGRITY_BYTES));
    }

    /// The answer: from where the request came.
    byte[] answer(InetSocketAddress from, String password) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeShort(SUCCESS);
            out.writeShort(0);
            out.write(message, 4, HEADER_BYTES - 4);
            byte[] address = from.getAddress().getAddress();
            out.writeShort(XOR_MAPPED_ADDRESS);
            out.writeShort(4 + address.length);
            out.writeShort(address.length == IPV4_BYTES ? 1 : 2);
            out.writeShort(from.getPort() ^ COOKIE >>> 16);
            for (int i = 0; i < address.length; i++) {
                out.writeByte(address[i] ^ message[4 + i]);
            }
            append(bytes, out, INTEGRITY, INTEGRITY_BYTES);
            out.write(sign(headed(bytes, INTEGRITY_BYTES), password));
            append(bytes, out, FINGERPRINT, Integer.BYTES);
            var check = new CRC32();
            check.update(headed(bytes, Integer.BYTES));
            out.writeInt((int) check.getValue() ^ FINGERPRINT_MASK);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] all = bytes.toByteArray();
        setLength(all, all.length);
        return all;
    }

    /// What precedes an attribute whose head is written next, with the length that it will have.
    private static byte[] headed(ByteArrayOutputStream bytes, int valueBytes) {
        byte[] all = bytes.toByteArray();
        setLength(all, all.length + valueBytes);
        return Arrays.copyOf(all, all.length - ATTRIBUTE_HEAD_BYTES);
    }

    private static void append(ByteArrayOutputStream bytes, DataOutputStream out, int type, int valueBytes)
            throws IOException {
        assert bytes.size() % 4 == 0;
        out.writeShort(type);
        out.writeShort(valueBytes);
    }

    private boolean readAttributes(ByteBuffer in) {
        int at = HEADER_BYTES;
        while (at + ATTRIBUTE_HEAD_BYTES <= message.length && integrityAt < 0) {
            int type = Short.toUnsignedInt(in.getShort(at));
            int bytes = Short.toUnsignedInt(in.getShort(at + 2));
            int value = at + ATTRIBUTE_HEAD_BYTES;
            if (value + bytes > message.length) {
                return false;
            }
            switch (type) {
                case USERNAME -> username = new String(message, value, bytes, StandardCharsets.UTF_8);
                case USE_CANDIDATE -> nominates = true;
                case INTEGRITY -> integrityAt = bytes == INTEGRITY_BYTES ? at : -1;
                default -> {}
            }
            at = value + (bytes + 3 & ~3);
        }
        return !username.isEmpty() && integrityAt >= 0;
    }

    private static byte[] sign(byte[] message, String password) {
        return Hmac.sha1(password.getBytes(StandardCharsets.UTF_8)).doFinal(message);
    }

    private static void setLength(byte[] message, int end) {
        ByteBuffer.wrap(message).putShort(2, (short) (end - HEADER_BYTES));
    }

    @Override
    public String toString() {
        return "BindingRequest[" + username + ", transaction "
                + Arrays.hashCode(Arrays.copyOfRange(message, TRANSACTION_AT, HEADER_BYTES)) + "]";
    }
}
