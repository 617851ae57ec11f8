package dev.aerie.vision.detect;

import dev.aerie.vision.detect.LetterboxCanvas.InputSpec;
import java.util.Set;

/// Input and output format of a family of detectors.
///
/// - `outputs`: the outputs that `decoder` reads
/// - `needsNms`: whether several boxes may be reported for one object, so that non-maximum suppression is needed
record DetectorFormat(InputSpec inputSpec, Set<String> outputs, boolean needsNms, OutputDecoder decoder) {

    private static final double UNIT_SCALE = 1 / 255.0;

    /// RT-DETR and D-FINE, which report each object once.
    static DetectorFormat detr(Set<String> outputs, OutputDecoder decoder) {
        return new DetectorFormat(new InputSpec(ResizeMode.STRETCHED, true, UNIT_SCALE), outputs, false, decoder);
    }

    /// YOLOv8 and later, exported by Ultralytics.
    static DetectorFormat yolo(String output, boolean needsNms, OutputDecoder decoder) {
        return new DetectorFormat(
                new InputSpec(ResizeMode.CENTRED, true, UNIT_SCALE), Set.of(output), needsNms, decoder);
    }

    /// YOLOv8-seg and later and FastSAM, exported by Ultralytics.
    static DetectorFormat yoloWithMasks(YoloMaskDecoder decoder) {
        return new DetectorFormat(
                new InputSpec(ResizeMode.CENTRED, true, UNIT_SCALE), decoder.outputs(), false, decoder);
    }

    /// The graph normalises.
    static DetectorFormat nanodet(OutputDecoder decoder) {
        return new DetectorFormat(new InputSpec(ResizeMode.STRETCHED, false, 1), NanodetDecoder.OUTPUTS, true, decoder);
    }

    static DetectorFormat yolox(String output, OutputDecoder decoder) {
        return new DetectorFormat(new InputSpec(ResizeMode.TOP_LEFT, false, 1), Set.of(output), true, decoder);
    }
}
