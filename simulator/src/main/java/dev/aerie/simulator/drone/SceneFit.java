package dev.aerie.simulator.drone;

import dev.aerie.video.FrameSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// Size and rate of rendered video, chosen by the rendering cost on this machine.
///
/// - `cores`: CPU cores that it uses
public record SceneFit(FrameSize size, double framesPerSecond, double cores) {

    /// The largest first.
    private static final List<FrameSize> SIZES =
            List.of(new FrameSize(1280, 720), new FrameSize(960, 540), new FrameSize(640, 360));

    /// Rates at which video looks smooth: a size that does not reach one of them is too large.
    private static final List<Double> SMOOTH = List.of(30.0, 25.0, 20.0, 15.0);

    /// Further rates for the smallest size.
    private static final List<Double> SLOW = List.of(10.0, 5.0);

    /// The cost of a frame.
    public interface Cost {

        /// Processor seconds to draw and encode one frame of this size.
        double secondsPerFrame(FrameSize size) throws IOException;
    }

    /// As [#write] left it in a file.
    public static SceneFit read(Path file) throws IOException {
        String[] words = Files.readString(file).strip().split("[x ]", -1);
        try {
            var size = new FrameSize(Integer.parseInt(words[0]), Integer.parseInt(words[1]));
            return new SceneFit(size, Double.parseDouble(words[2]), Double.parseDouble(words[3]));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw new IOException(file + " holds no size and rate", e);
        }
    }

    /// A line: `960x540 20.0 0.34`.
    public void write(Path file) throws IOException {
        Files.writeString(
                file,
                String.format(
                        Locale.ROOT,
                        "%dx%d %s %.3f%n",
                        size.widthPixels(),
                        size.heightPixels(),
                        framesPerSecond,
                        cores));
    }

    /// The largest size, and with it the highest rate, that uses at most `cores`; the minimum if even that uses
    /// more. Sizes below the chosen one are not measured.
    public static SceneFit choose(double cores, Cost cost) throws IOException {
        double seconds = 0;
        for (FrameSize size : SIZES) {
            seconds = cost.secondsPerFrame(size);
            for (double rate : SMOOTH) {
                if (rate * seconds <= cores) {
                    return new SceneFit(size, rate, rate * seconds);
                }
            }
        }
        double perFrame = seconds;
        double rate = SLOW.stream()
                .filter(slow -> slow * perFrame <= cores)
                .findFirst()
                .orElse(SLOW.getLast());
        return new SceneFit(SIZES.getLast(), rate, rate * seconds);
    }
}
