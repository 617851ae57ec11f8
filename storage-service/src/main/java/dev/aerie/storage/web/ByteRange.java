package dev.aerie.storage.web;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which bytes of some content a request wants. Source: RFC 9110, section 14.
///
/// - `first`: the first of them; `count`: how many, at least 1
record ByteRange(long first, long count) {

    private static final Pattern ONE = Pattern.compile("(?i)bytes\\s*=\\s*(\\d*)-(\\d*)\\s*");

    /// No byte of the content is in the range.
    static final class UnsatisfiableException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /// Reads a `Range` header. Empty where all is to be sent: there is none, it is in another unit, broken, or asks
    /// for several ranges, which a server may send as a whole. Throws [UnsatisfiableException] for one behind the
    /// end.
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

    /// As the answer names it: `bytes 0-99/1000`.
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
