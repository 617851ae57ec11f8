package dev.aerie.vision.sam2;

import dev.aerie.video.FrameSize;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.List;

/// The saved state of a tracker, for hand-over to another replica: the memory bank, with memories as bfloat16.
///
/// Big endian: the format's name, model, width and height, time, number of objects; of each object its identity,
/// number of entries and those: time, kind as flags, 256 floats of the pointer, and the memory as bfloat16 where it has
/// one.
final class TrackedState {

    private static final String FORMAT = "aerie.sam2/1";
    private static final int CONDITIONING = 1;
    private static final int WITH_MEMORY = 2;
    private static final int ANCHOR = 4;
    private static final int PASSING = 8;

    private final String model;
    private final FrameSize size;
    private final MemoryBank bank;
    private final FrameClock clock;

    TrackedState(String model, FrameSize size, MemoryBank bank, FrameClock clock) {
        this.model = model;
        this.size = size;
        this.bank = bank;
        this.clock = clock;
    }

    void save(DataOutput out) throws IOException {
        out.writeUTF(FORMAT);
        out.writeUTF(model);
        out.writeInt(size.widthPixels());
        out.writeInt(size.heightPixels());
        out.writeLong(clock.now());
        out.writeInt(bank.objects().size());
        for (long object : bank.objects()) {
            out.writeLong(object);
            saveObject(bank.of(object), out);
        }
    }

    /// Replaces everything; throws [IOException] and leaves nothing where `in` is not what this tracker wrote.
    void restore(DataInput in) throws IOException {
        bank.clear();
        clock.reset(-1);
        try {
            requireSame(in);
            long now = in.readLong();
            int objects = in.readInt();
            if (objects < 0 || objects > bank.maxObjects()) {
                throw new IOException("state of " + objects + " objects, at most " + bank.maxObjects() + " are taken");
            }
            for (int i = 0; i < objects; i++) {
                restoreObject(bank.of(in.readLong()), now, in);
            }
            clock.reset(now);
        } catch (IOException e) {
            bank.clear();
            throw e;
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            bank.clear();
            throw new IOException("state that is damaged: " + e.getMessage(), e);
        }
    }

    private void requireSame(DataInput in) throws IOException {
        String format = in.readUTF();
        if (!format.equals(FORMAT)) {
            throw new IOException("state of form " + format + ", expected " + FORMAT);
        }
        String writer = in.readUTF();
        var frames = new FrameSize(in.readInt(), in.readInt());
        if (!writer.equals(model) || !frames.equals(size)) {
            throw new IOException("state of " + writer + " for " + frames + ", expected " + model + " for " + size);
        }
    }

    private void saveObject(ObjectMemory memory, DataOutput out) throws IOException {
        List<MemoryEntry> entries = memory.entries();
        out.writeInt(entries.size());
        var floats = new float[bank.geometry().memoryElements()];
        for (MemoryEntry entry : entries) {
            out.writeLong(entry.time());
            out.writeByte(flag(entry.kind()) | (entry.hasMemory() ? WITH_MEMORY : 0));
            for (float value : memory.pointer(entry)) {
                out.writeFloat(value);
            }
            if (entry.hasMemory()) {
                memory.loadMemory(entry, FloatBuffer.wrap(floats));
                out.write(halves(floats));
            }
        }
    }

    private void restoreObject(ObjectMemory memory, long now, DataInput in) throws IOException {
        int entries = in.readInt();
        if (entries < 1 || entries > memory.maxEntries()) {
            throw new IOException("state of an object with " + entries + " frames");
        }
        for (int i = 0; i < entries; i++) {
            long time = in.readLong();
            int flags = in.readUnsignedByte();
            if (time < 0 || time > now) {
                throw new IOException("state that remembers frame " + time + " of " + now);
            }
            restoreEntry(memory, time, flags, in);
        }
    }

    private void restoreEntry(ObjectMemory memory, long time, int flags, DataInput in) throws IOException {
        var pointer = new float[Geometry.POINTER_CHANNELS];
        for (int i = 0; i < pointer.length; i++) {
            pointer[i] = in.readFloat();
        }
        MemoryKind kind = kind(flags);
        if ((flags & WITH_MEMORY) == 0) {
            if (kind == MemoryKind.PROMPTED) {
                throw new IOException("state of a prompted frame " + time + " without its memory");
            }
            memory.restore(time, pointer);
            return;
        }
        var halves = new byte[bank.geometry().memoryElements() * Short.BYTES];
        in.readFully(halves);
        memory.restore(time, kind, pointer, FloatBuffer.wrap(floats(halves)));
    }

    private static int flag(MemoryKind kind) {
        return switch (kind) {
            case PROMPTED -> CONDITIONING;
            case TRACKED -> 0;
            case ANCHOR -> ANCHOR;
            case PASSING -> PASSING;
        };
    }

    private static MemoryKind kind(int flags) {
        if ((flags & CONDITIONING) != 0) {
            return MemoryKind.PROMPTED;
        }
        return (flags & ANCHOR) != 0
                ? MemoryKind.ANCHOR
                : (flags & PASSING) != 0 ? MemoryKind.PASSING : MemoryKind.TRACKED;
    }

    private static byte[] halves(float[] floats) {
        var bytes = new byte[floats.length * Short.BYTES];
        for (int i = 0; i < floats.length; i++) {
            short half = MemoryFormat.rounded(floats[i]);
            bytes[2 * i] = (byte) (half >> Byte.SIZE);
            bytes[2 * i + 1] = (byte) half;
        }
        return bytes;
    }

    private static float[] floats(byte[] halves) {
        var floats = new float[halves.length / Short.BYTES];
        for (int i = 0; i < floats.length; i++) {
            int half = (halves[2 * i] & 0xFF) << Byte.SIZE | (halves[2 * i + 1] & 0xFF);
            floats[i] = Float.intBitsToFloat(half << Short.SIZE);
        }
        return floats;
    }
}
