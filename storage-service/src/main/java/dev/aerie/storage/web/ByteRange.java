package dev.aerie.storage.web;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The byte range of a request (RFC 9110, section 14).
///
/// - `first`: position of the first byte; `count`: number of bytes, at least 1
record ByteRange(long first, long count) {

    private static final Pattern ONE = Pattern.compile("(?i)bytes\\s*=\\s*(\\d*)-(\\d*)\\s*");

    /// The range contains no byte of the content.
    static final class UnsatisfiableException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /// Parses a `Range` header. Empty if the whole content is to be sent: the header is missing, has another unit, is
    /// malformed, or names several ranges, which a server may ignore. Throws [UnsatisfiableException] for a range
    /// behind the end.
    static Optional<ByteRange> parse(@Nullable String header, long length) throws UnsatisfiableException {
        var match = ONE.matcher(header == null ? "" : header);
        if (!match.matches() || (match.group(1).isEmpty() && match.group(2).isEmpty())) {
            return Optional.empty();
        }
        if (match.group(1).isEmpty()) {
            return Optional.of(suffix(number(match.group(2)), length));
        }
        long first = number(match.group(1));
        long last = match.group(2).isEmpty() ? Long.MAX_VALUE : number(match.group(2));
        if (last < first) {
            return Optional.empty();
        }
        if (first >= length) {
            throw new UnsatisfiableException();
        }
        return Optional.of(new ByteRange(first, Math.min(last, length - 1) - first + 1));
    }

    /// The header of the response: `bytes 0-99/1000`.
    String contentRange(long length) {
        return "bytes " + first + "-" + (first + count - 1) + "/" + length;
    }

    private static ByteRange suffix(long wanted, long length) throws UnsatisfiableException {
        if (wanted == 0 || length == 0) {
            throw new UnsatisfiableException();
        }
        long count = Math.min(wanted, length);
        return new ByteRange(length - count, count);
    }

    private static long number(String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException _) {
            return Long.MAX_VALUE; // more digits than any file has bytes
        }
    }
}
