package dev.aerie.storage.upload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// Brings files into the bucket and proves that they arrived. A delivery that was broken off goes on where it was:
/// parts that are there are not sent again.
///
/// What arrived is told by its MD5, part by part and as a whole, which is the ETag wherever the store does not
/// encrypt by a key service.
final class MultipartUpload {

    private final Bucket bucket;
    private final int partBytes;

    /// - `partBytes`: stores want 5 MiB at least
    MultipartUpload(Bucket bucket, int partBytes) {
        this.bucket = bucket;
        this.partBytes = partBytes;
    }

    /// Hears the id of an upload before its first part is sent.
    interface UploadListener {
        void started(String id) throws IOException;
    }

    /// Returns once the object is there, whole. Throws [DamagedFileException] where the file is not the one of
    /// `sha256`, [IOException] for whatever may succeed later.
    ///
    /// - `uploadId`: of an earlier try, empty for none
    void upload(Path file, String object, String sha256, String uploadId, UploadListener listener) throws IOException {
        var parts = UploadParts.of(file, partBytes);
        if (!parts.sha256().equals(sha256)) {
            throw new DamagedFileException("the file's SHA-256 is not the one of the index");
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
            throw new IOException("what arrived is not what was sent");
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
