package dev.aerie.cli.models;

import dev.aerie.vision.models.DownloadProgress;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;

/// One file of an npm package, taken from the stream of the package, of which nothing else is stored.
///
/// The caller checks the digest.
final class NpmFile {

    private static final String SCHEME = "npm";
    private static final int OK = 200;
    private static final int BLOCK_BYTES = 512;
    private static final int NAME_BYTES = 100;
    private static final int SIZE_AT = 124;
    private static final int SIZE_BYTES = 12;
    private static final int OCTAL = 8;

    private final String packageName;
    private final String path;
    private final Registry registry;
    private final Download.Patience patience;

    /// Where a registry has a package's archive.
    @FunctionalInterface
    interface Registry {

        /// - `packageName`: with its version, `name@1.0.0`
        URI archive(String packageName) throws IOException, InterruptedException;
    }

    /// - `source`: `npm:name@version/path`, where a name may begin with a scope: `npm:@scope/name@1.0.0/models/x.bin`
    NpmFile(URI source, Registry registry, Download.Patience patience) {
        String address = source.getSchemeSpecificPart();
        int version = address.indexOf('@', 1);
        int end = address.indexOf('/', version);
        if (version < 0 || end < 0) {
            throw new IllegalArgumentException(source + " is not npm:NAME@VERSION/PATH");
        }
        this.packageName = address.substring(0, end);
        this.path = "package" + address.substring(end);
        this.registry = registry;
        this.patience = patience;
    }

    /// Whether `source` names a file of an npm package.
    static boolean isMeant(URI source) {
        return SCHEME.equals(source.getScheme());
    }

    /// The registry that npm is set to on this machine, as `npm view` knows it.
    static URI askNpm(String packageName) throws IOException, InterruptedException {
        Process npm = new ProcessBuilder("npm", "view", packageName, "dist.tarball")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var in = npm.getInputStream()) {
            String printed = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!npm.waitFor(1, TimeUnit.MINUTES) || npm.exitValue() != 0 || printed.isEmpty()) {
                throw new IOException("npm view " + packageName + " dist.tarball knows no archive");
            }
            return URI.create(printed);
        } finally {
            npm.destroy();
        }
    }

    /// Writes the file's `sizeBytes` to `file`; throws [IOException] where the package has no such file, or one of
    /// another size.
    void fetch(Path file, long sizeBytes, DownloadProgress progress) throws IOException, InterruptedException {
        URI archive = registry.archive(packageName);
        try (var http = HttpClient.newBuilder()
                .connectTimeout(patience.connection())
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build()) {
            var request =
                    HttpRequest.newBuilder(archive).timeout(patience.answer()).build();
            var answer = http.send(request, BodyHandlers.ofInputStream());
            long length = answer.headers().firstValueAsLong("Content-Length").orElse(sizeBytes);
            try (var body = new Counted(answer.body(), length, progress)) {
                if (answer.statusCode() != OK) {
                    throw new IOException(archive + " answered " + answer.statusCode());
                }
                try (var unpacked = new GZIPInputStream(body, 1 << 16)) {
                    extract(unpacked, file, sizeBytes);
                    progress.at(length, length);
                }
            }
        }
    }

    /// Reads a tar archive up to the file; see POSIX.1-2017, pax, "ustar Interchange Format".
    private void extract(InputStream tar, Path file, long sizeBytes) throws IOException {
        byte[] head = tar.readNBytes(BLOCK_BYTES);
        while (head.length == BLOCK_BYTES && head[0] != 0) {
            long size = Long.parseLong(text(head, SIZE_AT, SIZE_BYTES).strip(), OCTAL);
            if (text(head, 0, NAME_BYTES).equals(path)) {
                if (size != sizeBytes) {
                    throw new IOException(
                            path + " of " + packageName + " has " + size + " bytes, expected " + sizeBytes);
                }
                Files.copy(new Limited(tar, size), file, StandardCopyOption.REPLACE_EXISTING);
                return;
            }
            tar.skipNBytes((size + BLOCK_BYTES - 1) / BLOCK_BYTES * BLOCK_BYTES);
            head = tar.readNBytes(BLOCK_BYTES);
        }
        throw new IOException(packageName + " has no " + path);
    }

    /// Up to the first zero byte.
    private static String text(byte[] head, int from, int length) {
        int end = from;
        while (end < from + length && head[end] != 0) {
            end++;
        }
        return new String(head, from, end - from, StandardCharsets.UTF_8);
    }

    /// The next bytes of a stream, which is lent.
    private static final class Limited extends InputStream {

        private final InputStream in;
        private long left;

        private Limited(InputStream in, long bytes) {
            this.in = in;
            this.left = bytes;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int count = in.read(bytes, from, (int) Math.min(length, left));
            if (count < 0) {
                throw new IOException("the archive ends within a file");
            }
            left -= count;
            return count;
        }
    }

    /// Tells how much has been read.
    private static final class Counted extends FilterInputStream {

        private final long length;
        private final DownloadProgress progress;
        private long done;

        private Counted(InputStream in, long length, DownloadProgress progress) {
            super(in);
            this.length = length;
            this.progress = progress;
        }

        @Override
        public int read(byte[] bytes, int from, int count) throws IOException {
            int read = super.read(bytes, from, count);
            done += Math.max(0, read);
            progress.at(Math.min(done, length), length);
            return read;
        }
    }
}
