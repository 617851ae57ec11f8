package dev.aerie.vision.segment;

import java.nio.IntBuffer;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;

/// Connected components of a mask, dropped where nothing supports them.
final class MaskComponents {

    private static final float MIN_MOVED_SHARE = 0.2f;
    private static final float MIN_MATCHED_SHARE = 0.5f;
    private static final float SURE_MATCH = 1;
    private static final float REJECTED_PROBABILITY = 0.3f;

    private MaskComponents() {}

    /// Removes components of `probability` that neither the warped mask nor the matching supports.
    static void dropUnsupported(Plane probability, Plane moved, Plane matched) {
        try (var mask = probability.above(0.5f);
                var labels = new Mat()) {
            int count = opencv_imgproc.connectedComponents(mask, labels);
            IntBuffer buffer = labels.createBuffer();
            var label = new int[probability.values().length];
            buffer.get(label);
            boolean[] rejected = rejected(label, count, moved.values(), matched.values());
            for (int i = 0; i < label.length; i++) {
                if (rejected[label[i]]) {
                    probability.values()[i] = Math.min(probability.values()[i], REJECTED_PROBABILITY);
                }
            }
        }
    }

    private static boolean[] rejected(int[] label, int count, float[] moved, float[] matched) {
        var area = new int[count];
        var fromMotion = new int[count];
        var fromMatch = new int[count];
        for (int i = 0; i < label.length; i++) {
            area[label[i]]++;
            fromMotion[label[i]] += moved[i] > 0.5f ? 1 : 0;
            fromMatch[label[i]] += matched[i] > SURE_MATCH ? 1 : 0;
        }
        var rejected = new boolean[count];
        for (int component = 1; component < count; component++) {
            rejected[component] = fromMotion[component] < MIN_MOVED_SHARE * area[component]
                    && fromMatch[component] < MIN_MATCHED_SHARE * area[component];
        }
        return rejected;
    }
}
