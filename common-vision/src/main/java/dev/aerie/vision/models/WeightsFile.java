package dev.aerie.vision.models;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// Writes a model's weights file atomically: it gets its name when it is finished.
public final class WeightsFile implements AutoCloseable {

    private final WeightsLayout layout;
    private final Path part;
    private final Path target;
    private final FileChannel out;

    private WeightsFile(WeightsLayout layout, Path part, Path target, FileChannel out) {
        this.layout = layout;
        this.part = part;
        this.target = target;
        this.out = out;
    }

    /// Starts the file in `folder`, which is made where it is missing.
    public static WeightsFile create(WeightsLayout layout, Path folder) throws IOException {
        Files.createDirectories(folder);
        Path part = Files.createTempFile(folder, "weights-", ".part");
        var out = FileChannel.open(part, StandardOpenOption.WRITE);
        return new WeightsFile(layout, part, folder.resolve(layout.file()), out);
    }

    /// Whether `file` is a finished one of `layout`.
    public static boolean isComplete(Path file, WeightsLayout layout) {
        try (var in = FileChannel.open(file)) {
            if (in.size() != layout.fileSizeBytes()) {
                return false;
            }
            in.position(layout.sizeBytes());
            byte[] footer = Channels.newInputStream(in).readAllBytes();
            return ByteBuffer.wrap(footer).equals(footer(layout));
        } catch (IOException _) {
            return false;
        }
    }

    /// Writes a tensor at its place.
    ///
    /// - `values`: little-endian float32, exactly the tensor's; read to its limit
    public void put(WeightsLayout.TensorLocation tensorLocation, ByteBuffer values) throws IOException {
        if (values.remaining() != tensorLocation.sizeBytes()) {
            throw new IllegalArgumentException("%s has %d bytes, was given %d"
                    .formatted(tensorLocation.name(), tensorLocation.sizeBytes(), values.remaining()));
        }
        write(values, tensorLocation.offset());
    }

    /// Ends the file and gives it its name; returns where it is.
    public Path finish() throws IOException {
        write(footer(layout), layout.sizeBytes());
        out.force(true);
        out.close();
        return Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    }

    /// Deletes an unfinished file.
    @Override
    public void close() throws IOException {
        out.close();
        Files.deleteIfExists(part);
    }

    private void write(ByteBuffer bytes, long from) throws IOException {
        long at = from;
        while (bytes.hasRemaining()) {
            at += out.write(bytes, at);
        }
    }

    private static ByteBuffer footer(WeightsLayout layout) {
        return ByteBuffer.wrap(layout.digest().hex().getBytes(StandardCharsets.US_ASCII));
    }
}
