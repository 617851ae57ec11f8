package dev.aerie.storage.messages;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A compressed append-only file of lines: each [#append] is one [GzipMember], on the disk before it returns. Any
/// `zcat` reads it. A member that a crash left incomplete is recognized, and truncated when the file is next opened
/// for writing.
///
/// One writer, which owns it until [#close]; concurrent readers see complete members only.
final class GzipLines implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GzipLines.class);

    private final FileChannel channel;
    private long end;

    private GzipLines(FileChannel channel, long end) {
        this.channel = channel;
        this.end = end;
    }

    /// Takes one line, without its line break.
    @FunctionalInterface
    interface LineSink {
        void accept(byte[] line) throws IOException;
    }

    /// Opens or creates the file and truncates an incomplete last member.
    static GzipLines open(Path file) throws IOException {
        boolean isNew = !Files.exists(file);
        var channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (isNew) {
                persistFolder(file);
            }
            long end = scan(channel, _ -> {});
            if (end < channel.size()) {
                LOG.warn("torn tail cut file={} bytes={}", file.getFileName(), channel.size() - end);
                channel.truncate(end);
            }
            return new GzipLines(channel, end);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /// Passes every line to `sink` in file order; an incomplete last member is skipped.
    static void read(Path file, LineSink sink) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            scan(channel, sink);
        }
    }

    /// Makes a file's creation, renaming or deletion durable.
    static void persistFolder(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /// Bytes of all complete members.
    long sizeBytes() {
        return end;
    }

    /// Writes the lines, none of which contains a line break, and returns when they are on the disk. After a failure
    /// nothing is written: a partial member is truncated, now or when the file is opened again.
    void append(List<byte[]> lines) throws IOException {
        ByteBuffer member = GzipMember.of(lines);
        try {
            long at = end;
            while (member.hasRemaining()) {
                at += channel.write(member, at);
            }
            channel.force(false);
            end = at;
        } catch (IOException e) {
            channel.truncate(end);
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /// Walks the members; returns where the last whole one ends.
    private static long scan(FileChannel channel, LineSink sink) throws IOException {
        long at = 0;
        var header = ByteBuffer.allocate(GzipMember.HEADER_BYTES);
        while (true) {
            fill(channel, header.clear(), at);
            var size = GzipMember.sizeBytes(header);
            if (size.isEmpty() || at + size.get() > channel.size()) {
                return at;
            }
            var member = ByteBuffer.allocate(size.get());
            fill(channel, member, at);
            var text = GzipMember.text(member);
            if (text.isEmpty()) {
                return at;
            }
            split(text.get(), sink);
            at += size.get();
        }
    }

    private static void fill(FileChannel channel, ByteBuffer buffer, long from) throws IOException {
        long at = from;
        while (buffer.hasRemaining()) {
            int count = channel.read(buffer, at);
            if (count < 0) {
                break;
            }
            at += count;
        }
        buffer.flip();
    }

    private static void split(byte[] text, LineSink sink) throws IOException {
        int start = 0;
        for (int i = 0; i < text.length; i++) {
            if (text[i] == '\n') {
                sink.accept(Arrays.copyOfRange(text, start, i));
                start = i + 1;
            }
        }
    }
}
