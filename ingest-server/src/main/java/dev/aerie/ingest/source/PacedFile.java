package dev.aerie.ingest.source;

import dev.aerie.ingest.stream.CaptureTime;
import dev.aerie.rtsp.StreamSource;
import dev.aerie.video.AccessUnit;
import java.io.EOFException;
import java.io.IOException;
import java.util.function.LongSupplier;

/// A video file at its own rate, once or in a loop; in a loop its presentation times continue across the end.
final class PacedFile implements SourceInput {

    private static final long DEFAULT_FRAME_TICKS = 3000;

    private final StreamSource.Opener<AccessUnit> opener;
    private final boolean loop;
    private final LongSupplier unixNanos;
    private final Pace pace = new Pace();
    private StreamSource<AccessUnit> file;
    private long shiftTicks;
    private long firstTicks = Long.MIN_VALUE;
    private long latestTicks;
    private long frameTicks = DEFAULT_FRAME_TICKS;
    private boolean any;

    private PacedFile(
            StreamSource<AccessUnit> file,
            StreamSource.Opener<AccessUnit> opener,
            boolean loop,
            LongSupplier unixNanos) {
        this.file = file;
        this.opener = opener;
        this.loop = loop;
        this.unixNanos = unixNanos;
    }

    @SuppressWarnings("MustBeClosedChecker") // goes to the input, which closes it
    static PacedFile open(StreamSource.Opener<AccessUnit> opener, boolean loop, LongSupplier unixNanos)
            throws IOException {
        return new PacedFile(opener.open(), opener, loop, unixNanos);
    }

    @Override
    public Frame next() throws IOException {
        var unit = read();
        if (firstTicks == Long.MIN_VALUE) {
            firstTicks = unit.ptsTicks90k();
        }
        long ticks = unit.ptsTicks90k() - firstTicks + shiftTicks;
        if (any && ticks > latestTicks) {
            frameTicks = Math.min(ticks - latestTicks, 90_000);
        }
        latestTicks = any ? Math.max(latestTicks, ticks) : ticks;
        any = true;
        pace.await(ticks);
        return new Frame(unit.withPtsTicks90k(ticks), CaptureTime.byArrival(unixNanos.getAsLong()));
    }

    @Override
    public void close() {
        file.close();
    }

    private AccessUnit read() throws IOException {
        try {
            return file.next();
        } catch (EOFException end) {
            if (!loop || !any) {
                throw any ? end : new IOException("the file contains no frame", end);
            }
            rewind();
            return file.next();
        }
    }

    @SuppressWarnings("MustBeClosedChecker") // closed by close
    private void rewind() throws IOException {
        file.close();
        file = opener.open();
        firstTicks = Long.MIN_VALUE;
        shiftTicks = latestTicks + frameTicks;
    }
}
