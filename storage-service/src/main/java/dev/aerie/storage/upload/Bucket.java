package dev.aerie.storage.upload;

import com.google.common.collect.ImmutableMultimap;
import com.google.errorprone.annotations.MustBeClosed;
import io.minio.GetObjectArgs;
import io.minio.MinioAsyncClient;
import io.minio.StatObjectArgs;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import io.minio.messages.Part;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.OkHttpClient;

/// One bucket of an S3-compatible store, with the operations that uploads need. Thread-safe; every method blocks and
/// throws [StoreException] if the store fails or refuses.
public final class Bucket implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration SILENCE = Duration.ofSeconds(60);
    private static final long LIMIT_SECONDS = 600;
    private static final int MAX_PARTS = 10_000;

    private final String name;
    private final String region;
    private final OkHttpClient http = new OkHttpClient.Builder()
            .connectTimeout(CONNECT)
            .readTimeout(SILENCE)
            .writeTimeout(SILENCE)
            .build();
    private final MinioAsyncClient client;

    public Bucket(BucketAddress address) {
        this.name = address.bucket();
        this.region = address.region();
        this.client = MinioAsyncClient.builder()
                .endpoint(address.url())
                .region(region)
                .credentials(address.accessKey(), address.secretKey())
                .httpClient(http)
                .build();
    }

    /// The object that the store has under a name.
    record Stored(long bytes, String etag) {}

    Optional<Stored> find(String object) throws IOException {
        try {
            var found = answer(() -> client.statObject(
                    StatObjectArgs.builder().bucket(name).object(object).build()));
            return Optional.of(new Stored(found.size(), plain(found.etag())));
        } catch (StoreException e) {
            if (e.is("NoSuchKey")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /// Begins a multipart upload; returns its id.
    String begin(String object, Map<String, String> metadata) throws IOException {
        var headers = ImmutableMultimap.<String, String>builder();
        headers.put("Content-Type", "video/mp4");
        metadata.forEach((key, value) -> headers.put("x-amz-meta-" + key, value));
        return answer(() -> client.createMultipartUploadAsync(name, region, object, headers.build(), null))
                .result()
                .uploadId();
    }

    /// The MD5 of each uploaded part, by number; empty if the store knows no such upload.
    Optional<Map<Integer, String>> parts(String object, String uploadId) throws IOException {
        try {
            var there = new HashMap<Integer, String>();
            int after = 0;
            while (true) {
                int marker = after;
                var page = answer(() ->
                                client.listPartsAsync(name, region, object, MAX_PARTS, marker, uploadId, null, null))
                        .result();
                page.partList().forEach(part -> there.put(part.partNumber(), plain(part.etag())));
                if (!page.isTruncated() || page.nextPartNumberMarker() <= after) {
                    return Optional.of(there);
                }
                after = page.nextPartNumberMarker();
            }
        } catch (StoreException e) {
            if (e.is("NoSuchUpload")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /// Sends one part with its checksum; returns the MD5 of the received data.
    String put(String object, String uploadId, int number, byte[] part) throws IOException {
        return plain(answer(() ->
                        client.uploadPartAsync(name, region, object, part, part.length, uploadId, number, null, null))
                .etag());
    }

    /// Completes the upload from its parts.
    void complete(String object, String uploadId, List<UploadParts.Part> parts) throws IOException {
        var all =
                parts.stream().map(part -> new Part(part.number(), part.md5())).toArray(Part[]::new);
        var _ = answer(() -> client.completeMultipartUploadAsync(name, region, object, uploadId, all, null, null));
    }

    @MustBeClosed
    InputStream open(String object) throws IOException {
        return answer(() -> client.getObject(
                GetObjectArgs.builder().bucket(name).object(object).build()));
    }

    @Override
    public void close() {
        http.dispatcher().cancelAll();
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }

    /// A request of the S3 client.
    private interface Request<T> {
        CompletableFuture<T> send() throws MinioException, GeneralSecurityException, IOException;
    }

    private static <T> T answer(Request<T> request) throws IOException {
        try {
            return request.send().get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | MinioException | GeneralSecurityException | IOException e) {
            throw failed(e);
        } catch (TimeoutException _) {
            throw new StoreException("", "no answer within " + LIMIT_SECONDS + " s");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    private static StoreException failed(Throwable failure) {
        Throwable first = failure;
        for (Throwable cause = failure; cause != null && !(first instanceof ErrorResponseException); ) {
            first = cause;
            cause = cause.getCause();
        }
        if (first instanceof ErrorResponseException refusal) {
            var words = refusal.errorResponse();
            return new StoreException(String.valueOf(words.code()), words.code() + ": " + words.message());
        }
        return new StoreException("", first.getClass().getSimpleName() + ": " + first.getMessage());
    }

    /// Removes the quotes around an ETag.
    private static String plain(String etag) {
        return etag.replace("\"", "");
    }
}
