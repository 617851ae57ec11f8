package dev.aerie.storage.upload;

import dev.aerie.digest.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// A file divided into parts of equal size, except for the last one.
///
/// - `sha256`: of the whole file, in hex
record UploadParts(String sha256, List<Part> parts) {

    private static final HexFormat HEX = HexFormat.of();

    UploadParts {
        parts = List.copyOf(parts);
    }

    /// - `number`: from 1, as in S3
    /// - `md5`: in hex; the store returns it as the part's ETag
    record Part(int number, int bytes, String md5) {}

    /// Reads the file once.
    static UploadParts of(Path file, int partBytes) throws IOException {
        var whole = new Sha256.Sum();
        var parts = new ArrayList<Part>();
        try (var in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(partBytes);
            while (bytes.length > 0) {
                whole.add(bytes);
                parts.add(new Part(parts.size() + 1, bytes.length, HEX.formatHex(md5().digest(bytes))));
                bytes = in.readNBytes(partBytes);
            }
        }
        return new UploadParts(whole.end().hex(), parts);
    }

    long bytes() {
        return parts.stream().mapToLong(Part::bytes).sum();
    }

    /// The ETag of the completed object: the MD5 of the parts' MD5s, and the number of parts.
    String etag() {
        var all = md5();
        parts.forEach(part -> all.update(HEX.parseHex(part.md5())));
        return HEX.formatHex(all.digest()) + "-" + parts.size();
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }
}
