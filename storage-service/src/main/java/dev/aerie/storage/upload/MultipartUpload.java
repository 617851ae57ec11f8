package dev.aerie.storage.upload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// Uploads files into the bucket and verifies them. An interrupted upload continues: parts that have arrived are not
/// sent again.
///
/// Received data is verified by MD5, for each part and for the whole object; the latter is the ETag unless the store
/// encrypts by a key service.
final class MultipartUpload {

    private final Bucket bucket;
    private final int partBytes;

    /// - `partBytes`: size of a part; stores require at least 5 MiB
    MultipartUpload(Bucket bucket, int partBytes) {
        this.bucket = bucket;
        this.partBytes = partBytes;
    }

    /// Receives the id of an upload before its first part is sent.
    interface UploadListener {
        void started(String id) throws IOException;
    }

    /// Returns when the complete object is in the store. Throws [DamagedFileException] if the file does not match
    /// `sha256`, and [IOException] for failures that may pass.
    ///
    /// - `uploadId`: of an earlier attempt, empty for none
    void upload(Path file, String object, String sha256, String uploadId, UploadListener listener) throws IOException {
        var parts = UploadParts.of(file, partBytes);
        if (!parts.sha256().equals(sha256)) {
            throw new DamagedFileException("the file's SHA-256 differs from the one in the index");
        }
        if (isThere(object, parts)) {
            return;
        }
        var sent = uploadId.isEmpty() ? null : bucket.parts(object, uploadId).orElse(null);
        String id = uploadId;
        if (sent == null) {
            id = bucket.begin(object, Map.of("sha256", sha256));
            listener.started(id);
            sent = Map.of();
        }
        send(file, object, id, parts, sent);
        bucket.complete(object, id, parts.parts());
        if (!isThere(object, parts)) {
            throw new IOException("the uploaded object differs from the file");
        }
    }

    private boolean isThere(String object, UploadParts parts) throws IOException {
        return bucket.find(object)
                .filter(stored ->
                        stored.bytes() == parts.bytes() && stored.etag().equals(parts.etag()))
                .isPresent();
    }

    private void send(Path file, String object, String uploadId, UploadParts parts, Map<Integer, String> sent)
            throws IOException {
        try (var in = Files.newInputStream(file)) {
            for (var part : parts.parts()) {
                if (part.md5().equals(sent.get(part.number()))) {
                    in.skipNBytes(part.bytes());
                    continue;
                }
                String arrived = bucket.put(object, uploadId, part.number(), in.readNBytes(part.bytes()));
                if (!arrived.equals(part.md5())) {
                    throw new IOException("part " + part.number() + " arrived damaged");
                }
            }
        }
    }
}
