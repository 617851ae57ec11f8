package dev.aerie.simulator.drone;

import com.google.errorprone.annotations.MustBeClosed;
import dev.aerie.rtsp.StreamSource;
import dev.aerie.simulator.geometry.FlightPath;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.FrameSize;
import dev.aerie.video.Sps;
import dev.aerie.video.VideoCodec;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Optional;

/// A video file as it was encoded, once or in a loop; owns the open file.
///
/// Units come in decoding order, evenly at the file's mean rate. A new connection starts the file over.
public final class FileVideo implements VideoSource {

    private static final int UNITS_TO_LEARN_FROM = 60;
    private static final double DEFAULT_FRAMES_PER_SECOND = 30;
    private static final double TICKS_PER_SECOND = 90_000;

    private final StreamSource.Opener<AccessUnit> file;
    private final boolean isLooped;
    private final ArrayDeque<AccessUnit> readAhead = new ArrayDeque<>();
    private final VideoCodec codec;
    private final FrameSize size;
    private final double framesPerSecond;
    private StreamSource<AccessUnit> source;

    /// Opens the file and reads its first units; throws [IOException] if they are not video that decoding can start
    /// in.
    ///
    /// - `file`: opens it, again for each round; an [IOException] from its source is the end of the file
    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // the field owns it, close() gives it back
    public FileVideo(StreamSource.Opener<AccessUnit> file, boolean isLooped) throws IOException {
        this.file = file;
        this.isLooped = isLooped;
        this.source = file.open();
        try {
            readAhead.add(source.next());
            readSome();
            var sps = Sps.in(readAhead.getFirst())
                    .orElseThrow(() -> new IOException("the file does not begin with an IDR frame"));
            this.codec = sps.videoCodec();
            this.size = sps.size();
            this.framesPerSecond = rate(sps.framesPerSecond().orElse(DEFAULT_FRAMES_PER_SECOND));
        } catch (IOException e) {
            source.close();
            throw e;
        }
    }

    private void readSome() {
        try {
            while (readAhead.size() < UNITS_TO_LEARN_FROM) {
                readAhead.add(source.next());
            }
        } catch (IOException _) {
            // The file is shorter than this.
        }
    }

    /// The rate from the times of the first units; `otherwise` for a raw stream, which has none.
    private double rate(double otherwise) {
        var times = readAhead.stream().mapToLong(AccessUnit::ptsTicks90k).summaryStatistics();
        long span = times.getMax() - times.getMin();
        return span > 0 ? (times.getCount() - 1) * TICKS_PER_SECOND / span : otherwise;
    }

    @Override
    public FrameSize size() {
        return size;
    }

    @Override
    public VideoCodec codec() {
        return codec;
    }

    @Override
    public double framesPerSecond() {
        return framesPerSecond;
    }

    @Override
    public Optional<AccessUnit> next() throws IOException {
        if (!readAhead.isEmpty()) {
            return Optional.of(readAhead.removeFirst());
        }
        try {
            return Optional.of(source.next());
        } catch (IOException _) {
            if (!isLooped) {
                return Optional.empty();
            }
        }
        reopen();
        return Optional.of(source.next());
    }

    @Override
    public void beginAnew() throws IOException {
        if (readAhead.isEmpty() || !readAhead.getFirst().isIdr()) {
            reopen();
        }
    }

    /// None: each frame of a file is needed to decode the next.
    @Override
    public int skip(int frames) {
        return 0;
    }

    @SuppressWarnings("MustBeClosedChecker") // see the constructor
    private void reopen() throws IOException {
        readAhead.clear();
        source.close();
        source = file.open();
    }

    @Override
    public Optional<FlightPath> flight() {
        return Optional.empty();
    }

    @Override
    public void close() {
        source.close();
    }
}
