package dev.aerie.slam.tracking;

import dev.aerie.geometry.Vector3;
import dev.aerie.slam.feature.Features;
import dev.aerie.slam.geometry.PinholeCamera;
import dev.aerie.slam.match.FeaturePair;
import java.nio.DoubleBuffer;
import java.util.List;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/// Pairs of features of two frames, as directions in their cameras' axes (z = 1).
final class BearingPairs {

    private final List<FeaturePair> pairs;
    private final Vector3[] first;
    private final Vector3[] second;

    BearingPairs(PinholeCamera camera, Features first, Features second, List<FeaturePair> pairs) {
        this.pairs = List.copyOf(pairs);
        this.first = new Vector3[pairs.size()];
        this.second = new Vector3[pairs.size()];
        for (int i = 0; i < pairs.size(); i++) {
            var one = first.keypoint(pairs.get(i).first());
            var other = second.keypoint(pairs.get(i).second());
            this.first[i] = camera.rayOf(one.xPixels(), one.yPixels());
            this.second[i] = camera.rayOf(other.xPixels(), other.yPixels());
        }
    }

    int count() {
        return first.length;
    }

    FeaturePair pair(int index) {
        return pairs.get(index);
    }

    Vector3 first(int index) {
        return first[index];
    }

    Vector3 second(int index) {
        return second[index];
    }

    /// Fills a matrix of as many rows × 1, two channels of doubles, with one side of the pairs.
    void copyTo(Mat placeIndex, boolean isFirst) {
        DoubleBuffer buffer = placeIndex.createBuffer();
        for (var ray : isFirst ? first : second) {
            buffer.put(ray.x()).put(ray.y());
        }
    }

    /// The type that [#copyTo] wants.
    static int matrixType() {
        return opencv_core.CV_64FC2;
    }
}
