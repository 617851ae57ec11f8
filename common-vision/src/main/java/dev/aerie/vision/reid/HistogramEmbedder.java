package dev.aerie.vision.reid;

import dev.aerie.messages.Box;
import dev.aerie.video.VideoFrame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/// Stands in where no network for re-identification is installed: the colours of an object in six bands from top to
/// bottom.
///
/// It tells a red coat from a blue one and nothing finer; light and camera change it. Ours: Hellinger's square roots of
/// a histogram of hue and of grey levels.
public final class HistogramEmbedder implements Embedder {

    /// Says that it is no network.
    public static final String NAME = "appearance-histogram-1";

    private static final int BANDS = 6;
    private static final int HUES = 12;
    private static final int GREYS = 8;
    private static final int BINS = HUES + GREYS;
    private static final int HUE_LEVELS = 180;
    private static final int LEVELS = 256;

    /// Below it, of 255, a pixel's hue is noise.
    private static final int MIN_SATURATION = 40;

    private static final int WIDTH = 32;
    private static final int HEIGHT = 96;

    /// Left and right of it is mostly background.
    private static final int MARGIN = WIDTH / 5;

    private final Size size = new Size(WIDTH, HEIGHT);
    private final Mat scaled = new Mat();
    private final Mat hsv = new Mat();

    @Override
    public List<Embedding> embed(VideoFrame frame, List<Box> boxes) {
        var embeddings = new ArrayList<Embedding>();
        for (Box box : boxes) {
            ObjectCrop.of(frame.size(), box).scale(frame, scaled, size, opencv_imgproc.INTER_AREA);
            opencv_imgproc.cvtColor(scaled, hsv, opencv_imgproc.COLOR_BGR2HSV);
            embeddings.add(Embedding.of(histogram(hsv.createBuffer())));
        }
        return embeddings;
    }

    private static float[] histogram(ByteBuffer pixels) {
        var counts = new float[BANDS * BINS];
        for (int y = 0; y < HEIGHT; y++) {
            int band = y * BANDS / HEIGHT * BINS;
            for (int x = MARGIN; x < WIDTH - MARGIN; x++) {
                counts[band + bin(pixels, 3 * (y * WIDTH + x))]++;
            }
        }
        for (int i = 0; i < counts.length; i++) {
            counts[i] = (float) Math.sqrt(counts[i]);
        }
        return counts;
    }

    private static int bin(ByteBuffer pixels, int at) {
        int hue = pixels.get(at) & 0xFF;
        int saturation = pixels.get(at + 1) & 0xFF;
        int value = pixels.get(at + 2) & 0xFF;
        return saturation * value / LEVELS >= MIN_SATURATION ? hue * HUES / HUE_LEVELS : HUES + value * GREYS / LEVELS;
    }

    @Override
    public int dimensions() {
        return BANDS * BINS;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void close() {
        hsv.close();
        scaled.close();
        size.close();
    }
}
