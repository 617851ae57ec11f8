package dev.aerie.cli.eval;

import com.google.errorprone.annotations.MustBeClosed;
import dev.aerie.evaluation.slam.CodedSequence;
import dev.aerie.evaluation.slam.DroppedFrames;
import dev.aerie.evaluation.slam.ImageSequence;
import dev.aerie.evaluation.slam.SequenceRun;
import dev.aerie.evaluation.slam.SimulatedReadings;
import dev.aerie.slam.engine.SlamEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Options of `./aerie eval slam` that give the engine what a service gets instead of clean frames.
final class SlamInput {

    @Option(
            names = "--coded",
            paramLabel = "KBITS",
            description = "frames go through H.264 of so many kilobits per second")
    private Optional<Integer> kilobitsPerSecond = Optional.empty();

    @Option(
            names = "--drop-percent",
            paramLabel = "P",
            defaultValue = "0",
            description = "leaves frames out at random, after coding")
    private double dropPercent;

    @Option(
            names = "--masks-late-ms",
            paramLabel = "MS",
            description = "the true masks of a simulated flight's people and cars, so long after their frames")
    private Optional<Integer> masksLateMillis = Optional.empty();

    /// Frames through H.264 of so many kilobits per second, nothing else.
    static SlamInput coded(int kilobitsPerSecond) {
        var input = new SlamInput();
        input.kilobitsPerSecond = Optional.of(kilobitsPerSecond);
        return input;
    }

    /// A sequence as the engine gets it. Owns what it is made of.
    interface Opened extends AutoCloseable {
        ImageSequence sequence();

        @Override
        void close() throws IOException;
    }

    /// Throws [IllegalArgumentException] in one line.
    void check() {
        boolean isCodedWell =
                kilobitsPerSecond.map(rate -> rate >= 1 && rate <= 1_000_000).orElse(true);
        boolean areMasksWell = masksLateMillis.map(late -> late >= 0).orElse(true);
        if (!isCodedWell || !areMasksWell || !(dropPercent >= 0 && dropPercent < 100)) {
            throw new IllegalArgumentException(
                    "eval slam takes --coded from 1 to 1000000, --drop-percent from 0 to below 100, --masks-late-ms from 0");
        }
    }

    /// - `seed`: which frames are dropped
    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // what is returned closes it
    Opened apply(ImageSequence sequence, long seed) throws IOException {
        if (kilobitsPerSecond.isEmpty()) {
            return new Plain(dropped(sequence, seed));
        }
        return new Coded(
                CodedSequence.of(sequence, kilobitsPerSecond.get(), Path.of(System.getProperty("java.io.tmpdir"))),
                this,
                seed);
    }

    SequenceRun run(ImageSequence sequence, SlamEngine engine, Optional<SimulatedReadings> readings)
            throws IOException {
        if (readings.isPresent()) {
            return SequenceRun.withReadings(
                    sequence, engine, readings.get(), masksLateMillis.map(late -> late / 1000.0));
        }
        return masksLateMillis.isPresent()
                ? SequenceRun.withMasks(sequence, engine, masksLateMillis.get() / 1000.0)
                : SequenceRun.of(sequence, engine);
    }

    private ImageSequence dropped(ImageSequence sequence, long seed) {
        return dropPercent > 0 ? DroppedFrames.of(sequence, dropPercent, seed) : sequence;
    }

    private record Plain(ImageSequence sequence) implements Opened {
        @Override
        public void close() {}
    }

    private record Coded(CodedSequence coded, SlamInput input, long seed) implements Opened {
        @Override
        public ImageSequence sequence() {
            return input.dropped(coded.sequence(), seed);
        }

        @Override
        public void close() throws IOException {
            coded.close();
        }
    }
}
