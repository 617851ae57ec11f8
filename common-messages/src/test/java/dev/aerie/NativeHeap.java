package dev.aerie;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;

/// What the C library has allocated for this process and not freed: the number that a forgotten native handle
/// moves, and the Java heap does not.
public final class NativeHeap {

    private static final int FIELDS = 10;
    private static final int MAPPED_BYTES = 4;
    private static final int USED_BYTES = 7;

    private NativeHeap() {}

    /// Bytes in use, by glibc's `mallinfo2`; the test is skipped where there is none.
    @SuppressWarnings("restricted")
    public static long usedBytes() {
        var linker = Linker.nativeLinker();
        var function = linker.defaultLookup().find("mallinfo2");
        assumeTrue(function.isPresent(), "mallinfo2 of glibc not found: skipped");
        var layout = MemoryLayout.structLayout(
                MemoryLayout.sequenceLayout(FIELDS, ValueLayout.JAVA_LONG).withName("fields"));
        var handle = linker.downcallHandle(function.get(), FunctionDescriptor.of(layout));
        try (var arena = Arena.ofConfined()) {
            var info = (java.lang.foreign.MemorySegment) handle.invoke((SegmentAllocator) arena);
            return info.getAtIndex(ValueLayout.JAVA_LONG, MAPPED_BYTES)
                    + info.getAtIndex(ValueLayout.JAVA_LONG, USED_BYTES);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
