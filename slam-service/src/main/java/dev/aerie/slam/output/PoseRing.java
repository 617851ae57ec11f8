package dev.aerie.slam.output;

import com.google.errorprone.annotations.MustBeClosed;
import dev.aerie.files.PrivateFolder;
import dev.aerie.messages.CameraPose;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// The newest poses of one stream in a file that other processes map: one writer, any number of readers, no locks.
///
/// Numbers are little endian. A slot is written between two values of its sequence number (a seqlock): odd while
/// it is being changed, `2 · index + 2` when it holds the pose number `index`. A reader copies a slot and takes
/// the copy only if the sequence was that value before and after. `docs/slam.md` gives the layout and a reader in
/// Python.
///
/// Written by one thread. Owns the mapping.
public final class PoseRing implements AutoCloseable {

    public static final int SLOTS = 1024;
    static final int HEADER_BYTES = 64;
    static final int SLOT_BYTES = 256;

    private static final long MAGIC = 0x534F504549524541L; // "AERIEPOS"
    private static final int VERSION = 1;
    private static final long HEAD_AT = 24;
    private static final int SESSION_BYTES = 32;
    private static final int NO_SUBMAP = -1;
    private static final Set<OpenOption> OPTIONS = Set.of(
            StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    private static final Set<PosixFilePermission> MODES = PosixFilePermissions.fromString("rw-r-----");
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle ORDERED = LONG.varHandle();

    private final Path file;
    private final Arena arena;
    private final MemorySegment memory;
    private long head;

    private PoseRing(Path file, Arena arena, MemorySegment memory, long head) {
        this.file = file;
        this.arena = arena;
        this.memory = memory;
        this.head = head;
    }

    /// The folder that lives in memory, where there is one, else the one given.
    public static Path folder(Path otherwise) {
        Path memory = Path.of("/dev/shm");
        return Files.isDirectory(memory) && Files.isWritable(memory) ? memory : otherwise;
    }

    /// Opens `aerie-slam-<stream>.ring`; goes on in one that is there already, so that its readers stay
    /// connected. Only this user writes it, only the user's group reads it.
    ///
    /// The folder is everybody's, and the name is known: throws [IOException] for a symbolic link, and
    /// for a file of another user.
    @MustBeClosed
    public static PoseRing open(Path folder, String stream) throws IOException {
        var _ = PrivateFolder.create(folder);
        Path file = folder.resolve("aerie-slam-" + stream.replace('/', '-') + ".ring");
        long bytes = HEADER_BYTES + (long) SLOTS * SLOT_BYTES;
        Arena arena = Arena.ofShared();
        try (var channel = FileChannel.open(file, OPTIONS, modes(folder))) {
            requireOwnFile(file);
            boolean isOurs = channel.size() == bytes;
            if (!isOurs) {
                takeRoom(channel, bytes);
            }
            var memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes, arena);
            if (!isOurs || memory.get(LONG, 0) != MAGIC || memory.get(INT, 8) != VERSION) {
                begin(memory);
            }
            return new PoseRing(file, arena, memory, memory.get(LONG, HEAD_AT));
        } catch (IOException | RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    /// Written, not left out: a write to mapped memory that finds the disk full would be a fault of the process.
    private static void takeRoom(FileChannel channel, long bytes) throws IOException {
        channel.truncate(0);
        var zeros = ByteBuffer.allocate((int) bytes);
        while (zeros.hasRemaining()) {
            channel.write(zeros);
        }
    }

    private static FileAttribute<?>[] modes(Path folder) {
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(MODES)} : new FileAttribute<?>[0];
    }

    private static void requireOwnFile(Path file) throws IOException {
        Path self = Path.of("/proc/self");
        if (Files.exists(self)) {
            var owner = Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
            if (!owner.equals(Files.getAttribute(self, "unix:uid"))) {
                throw new IOException("file " + file + " belongs to another user");
            }
        }
    }

    private static void begin(MemorySegment memory) {
        memory.fill((byte) 0);
        memory.set(INT, 8, VERSION);
        memory.set(INT, 12, SLOT_BYTES);
        memory.set(INT, 16, SLOTS);
        ORDERED.setRelease(memory, 0L, MAGIC);
    }

    public Path file() {
        return file;
    }

    /// Adds a pose, over the oldest one.
    ///
    /// - `part`: of the map, negative where there is no pose
    public void add(CameraPose pose, int submap) {
        long at = HEADER_BYTES + (head % SLOTS) * SLOT_BYTES;
        ORDERED.setRelease(memory, at, 2 * head + 1);
        VarHandle.storeStoreFence();
        write(at, pose, submap);
        ORDERED.setRelease(memory, at, 2 * head + 2);
        head++;
        ORDERED.setRelease(memory, HEAD_AT, head);
    }

    private void write(long at, CameraPose pose, int submap) {
        var id = pose.envelope().frameId();
        Long captureTimeNanos = pose.envelope().captureTimeNanos();
        memory.set(LONG, at + 8, head);
        memory.set(LONG, at + 16, id.frameNumber());
        memory.set(LONG, at + 24, captureTimeNanos == null ? 0 : captureTimeNanos);
        byte[] session = id.session().getBytes(StandardCharsets.US_ASCII);
        memory.asSlice(at + 32, SESSION_BYTES).fill((byte) 0);
        MemorySegment.copy(session, 0, memory, ValueLayout.JAVA_BYTE, at + 32, Math.min(session.length, SESSION_BYTES));
        var matrix = pose.worldFromCamera();
        for (int i = 0; i < 16; i++) {
            memory.set(DOUBLE, at + 64 + 8L * i, matrix == null ? 0 : matrix.at(Math.floorDiv(i, 4), i % 4));
        }
        memory.set(ValueLayout.JAVA_BYTE, at + 192, number(pose.trackingState()));
        memory.set(ValueLayout.JAVA_BYTE, at + 193, (byte) (pose.keyframe() ? 1 : 0));
        memory.set(ValueLayout.JAVA_BYTE, at + 194, (byte) (pose.scale() == CameraPose.Scale.METRIC ? 1 : 0));
        memory.set(ValueLayout.JAVA_BYTE, at + 195, (byte) (matrix == null ? 0 : 1));
        memory.set(INT, at + 196, (int) Math.min(pose.mapPoints(), Integer.MAX_VALUE));
        memory.set(INT, at + 200, matrix == null ? NO_SUBMAP : submap);
    }

    private static byte number(CameraPose.TrackingState state) {
        return switch (state) {
            case INITIALIZING -> 0;
            case TRACKING -> 1;
            case RELOCALIZING -> 2;
            case LOST -> 3;
        };
    }

    /// The file stays, for readers that are slow to notice.
    @Override
    public void close() {
        arena.close();
    }
}
