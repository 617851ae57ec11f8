package dev.aerie.vision.onnx;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// An object of ONNX Runtime's C interface: owned by whoever holds this, released once. All that are open are counted.
final class NativeHandle implements AutoCloseable {

    private static final AtomicLong OPEN = new AtomicLong();

    private final MemorySegment address;
    private final Consumer<MemorySegment> release;
    private final AtomicBoolean isClosed = new AtomicBoolean();

    /// - `release`: called once, with the address
    NativeHandle(MemorySegment address, Consumer<MemorySegment> release) {
        this.address = address;
        this.release = release;
        OPEN.incrementAndGet();
    }

    /// How many this process holds.
    static long countOpen() {
        return OPEN.get();
    }

    /// Throws [IllegalStateException] once it is closed.
    MemorySegment address() {
        if (isClosed.get()) {
            throw new IllegalStateException("the object of ONNX Runtime is released already");
        }
        return address;
    }

    @Override
    public void close() {
        if (!isClosed.getAndSet(true)) {
            release.accept(address);
            OPEN.decrementAndGet();
        }
    }
}
