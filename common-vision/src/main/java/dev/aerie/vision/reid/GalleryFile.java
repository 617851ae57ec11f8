package dev.aerie.vision.reid;

import dev.aerie.files.PrivateFolder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps a [Gallery] in a file, so that identities survive a restart. Used by one thread at a time.
///
/// Big-endian: `AERG`, version, CRC-32 of the rest; then embedder, numbers in an embedding, last identity, and each
/// identity with its embeddings, seen longest ago first.
public final class GalleryFile {

    private static final Logger LOG = LoggerFactory.getLogger(GalleryFile.class);
    private static final int MAGIC = 0x41455247;
    private static final int VERSION = 1;
    private static final int HEADER_BYTES = 16;
    private static final int MAX_EMBEDDINGS = 1 << 16;

    private final Path file;

    public GalleryFile(Path file) {
        this.file = file;
    }

    /// Writes all of it or nothing: the file is replaced once the new one is on the disk.
    public void write(Gallery gallery) throws IOException {
        byte[] content = encode(gallery);
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
        var _ = PrivateFolder.create(folder);
        Path part = Files.createTempFile(folder, "gallery-", ".part");
        try {
            try (var channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                channel.write(header(content));
                channel.write(ByteBuffer.wrap(content));
                channel.force(true);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /// The gallery of the file; an empty one where there is no file. Throws [IOException] that says what is wrong where
    /// it is damaged, of another version or of another embedder.
    public Gallery read(String embedder, int dimensions, GalleryConfig config) throws IOException {
        var gallery = new Gallery(embedder, dimensions, config);
        if (Files.exists(file)) {
            restore(gallery, checked(Files.readAllBytes(file)));
        }
        return gallery;
    }

    /// As [#read]; where that fails the cause is logged, the file is put aside as `….damaged`, and the gallery is
    /// empty.
    public Gallery readOrEmpty(String embedder, int dimensions, GalleryConfig config) {
        try {
            return read(embedder, dimensions, config);
        } catch (IOException e) {
            LOG.error("gallery discarded file={} cause={}", file.getFileName(), e.getMessage());
            putAside();
            return new Gallery(embedder, dimensions, config);
        }
    }

    private void putAside() {
        try {
            Files.move(file, file.resolveSibling(file.getFileName() + ".damaged"), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn("gallery not put aside file={} cause={}", file.getFileName(), e.getMessage());
        }
    }

    private static byte[] encode(Gallery gallery) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        synchronized (gallery) {
            out.writeUTF(gallery.embedder());
            out.writeInt(gallery.dimensions());
            out.writeLong(gallery.lastIdentity());
            Map<Long, List<Embedding>> contents = gallery.contents();
            out.writeInt(contents.size());
            for (Map.Entry<Long, List<Embedding>> each : contents.entrySet()) {
                out.writeLong(each.getKey());
                out.writeInt(each.getValue().size());
                for (Embedding embedding : each.getValue()) {
                    write(out, embedding);
                }
            }
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, Embedding embedding) throws IOException {
        for (float value : embedding.toArray()) {
            out.writeFloat(value);
        }
    }

    private static ByteBuffer header(byte[] content) {
        return ByteBuffer.allocate(HEADER_BYTES)
                .putInt(MAGIC)
                .putInt(VERSION)
                .putLong(crc(content))
                .flip();
    }

    private static long crc(byte[] content) {
        var crc = new CRC32();
        crc.update(content);
        return crc.getValue();
    }

    private byte[] checked(byte[] all) throws IOException {
        var header = ByteBuffer.wrap(all);
        if (all.length < HEADER_BYTES || header.getInt() != MAGIC) {
            throw new IOException(file + " is no gallery");
        }
        int version = header.getInt();
        if (version != VERSION) {
            throw new IOException(file + " is a gallery of version " + version + ", expected " + VERSION);
        }
        long expected = header.getLong();
        var content = new byte[header.remaining()];
        header.get(content);
        if (crc(content) != expected) {
            throw new IOException(file + " is damaged: its checksum is wrong");
        }
        return content;
    }

    private void restore(Gallery gallery, byte[] content) throws IOException {
        try (var in = new DataInputStream(new ByteArrayInputStream(content))) {
            String embedder = in.readUTF();
            int dimensions = in.readInt();
            if (!embedder.equals(gallery.embedder()) || dimensions != gallery.dimensions()) {
                throw new IOException(file + " holds embeddings of " + embedder + " with " + dimensions
                        + " numbers, expected " + gallery.embedder() + " with " + gallery.dimensions());
            }
            long last = in.readLong();
            gallery.restore(readContents(in, dimensions), last);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " is damaged: " + e.getMessage(), e);
        }
    }

    private Map<Long, List<Embedding>> readContents(DataInputStream in, int dimensions) throws IOException {
        var contents = new LinkedHashMap<Long, List<Embedding>>();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            long identity = in.readLong();
            int embeddings = in.readInt();
            if (embeddings < 0 || embeddings > MAX_EMBEDDINGS) {
                throw new IOException(file + " is damaged: an identity with " + embeddings + " embeddings");
            }
            var own = new ArrayList<Embedding>();
            for (int j = 0; j < embeddings; j++) {
                own.add(readEmbedding(in, dimensions));
            }
            contents.put(identity, own);
        }
        return contents;
    }

    private static Embedding readEmbedding(DataInputStream in, int dimensions) throws IOException {
        var values = new float[dimensions];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readFloat();
        }
        return Embedding.of(values);
    }
}
