package dev.aerie.cli.models;

import dev.aerie.vision.models.DownloadProgress;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Downloads a file over HTTP and resumes where an earlier attempt ended, also of an earlier run.
///
/// The bytes so far are in one file; the caller checks the digest.
final class Download {

    private static final int TRIES = 3;
    private static final int BLOCK_BYTES = 1 << 16;
    private static final int WHOLE = 200;
    private static final int PART = 206;
    private static final int BEYOND_END = 416;

    private final URI source;
    private final Path file;
    private final List<Long> sizes;
    private final Patience patience;
    private final DownloadProgress downloadProgress;
    private long sizeBytes;

    /// How long to wait for a connection, and then for an answer.
    record Patience(Duration connection, Duration answer) {}

    /// - `file`: receives the bytes; its present content is the start of them
    /// - `sizes`: allowed sizes of the whole file, the usual one first
    Download(URI source, Path file, List<Long> sizes, Patience patience, DownloadProgress downloadProgress) {
        this.source = source;
        this.file = file;
        this.sizes = List.copyOf(sizes);
        this.sizeBytes = this.sizes.getFirst();
        this.patience = patience;
        this.downloadProgress = downloadProgress;
    }

    /// Returns when the file is complete. Throws [IOException] if the server refuses, sends a wrong number of bytes, or
    /// breaks off more than a few times; the bytes so far stay for the next attempt.
    void fetch() throws IOException, InterruptedException {
        try (var http = HttpClient.newBuilder()
                .connectTimeout(patience.connection())
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build()) {
            IOException broken = null;
            for (int i = 0; i < TRIES && present() != sizeBytes; i++) {
                broken = attempt(http);
            }
            requireWhole(broken);
        }
    }

    /// Downloads the missing bytes; returns the failure if it broke off.
    private @Nullable IOException attempt(HttpClient http) throws IOException, InterruptedException {
        long from = present() < sizeBytes ? present() : 0;
        var request = HttpRequest.newBuilder(source).timeout(patience.answer());
        if (from > 0) {
            request.header("Range", "bytes=" + from + "-");
        }
        var answer = http.send(request.build(), BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
            if (answer.statusCode() == BEYOND_END) {
                Files.deleteIfExists(file);
                return new IOException(source + " has changed");
            }
            if (answer.statusCode() != WHOLE && answer.statusCode() != PART) {
                throw new IOException(source + " answered " + answer.statusCode());
            }
            boolean goesOn = goesOn(answer, from);
            expect(answer, goesOn ? from : 0);
            return append(body, goesOn ? from : 0);
        }
    }

    /// Uses the size that the server reports, if it is an allowed one.
    private void expect(HttpResponse<?> answer, long from) {
        answer.headers().firstValueAsLong("Content-Length").stream()
                .map(rest -> from + rest)
                .filter(sizes::contains)
                .findFirst()
                .ifPresent(size -> sizeBytes = size);
    }

    private static boolean goesOn(HttpResponse<?> answer, long from) {
        return answer.statusCode() == PART
                && answer.headers()
                        .firstValue("Content-Range")
                        .filter(range -> range.startsWith("bytes " + from + "-"))
                        .isPresent();
    }

    private @Nullable IOException append(InputStream body, long from) throws IOException {
        try (var out = Files.newByteChannel(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            out.truncate(from).position(from);
            byte[] block = new byte[BLOCK_BYTES];
            for (int count = read(body, block); count >= 0; count = read(body, block)) {
                out.write(ByteBuffer.wrap(block, 0, count));
                if (out.position() > sizeBytes) {
                    throw new IOException("%s is longer than the %d bytes it should have".formatted(source, sizeBytes));
                }
                downloadProgress.at(out.position(), sizeBytes);
            }
            return null;
        } catch (BrokenOffException e) {
            return e;
        }
    }

    private static int read(InputStream body, byte[] block) throws BrokenOffException {
        try {
            return body.read(block);
        } catch (IOException e) {
            throw new BrokenOffException(e);
        }
    }

    private void requireWhole(@Nullable IOException broken) throws IOException {
        if (present() != sizeBytes) {
            throw new IOException(
                    "%s broke off at %d of %d bytes; try again to resume".formatted(source, present(), sizeBytes),
                    broken);
        }
    }

    private long present() throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    /// The server stopped sending; the next attempt may resume.
    private static final class BrokenOffException extends IOException {

        private static final long serialVersionUID = 1L;

        private BrokenOffException(IOException cause) {
            super(cause);
        }
    }
}
