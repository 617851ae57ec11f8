package dev.aerie.frames;

import dev.aerie.natives.NativeLibraries;
import dev.aerie.natives.NativeLibrary;
import dev.aerie.opencv.OpenCv;
import dev.aerie.rtsp.ffmpeg.FfmpegLibraries;
import dev.aerie.vision.models.ModelStore;
import dev.aerie.vision.onnx.OnnxLibraries;
import dev.aerie.vision.text.GroundingDino;
import dev.aerie.vision.text.TextLibraries;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The native libraries that the installed models need.
final class FrameLibraries {

    private FrameLibraries() {}

    static NativeLibraries needed(Map<String, String> environment) {
        var models = ModelStore.of(environment);
        boolean findsText =
                !environment.getOrDefault("TEXT_MODEL_DIR", "").isEmpty() || GroundingDino.isInstalled(models);
        var more = new ArrayList<NativeLibrary>(List.of(OpenCv.PHOTO));
        if (findsText || models.hasInstalled()) {
            more.add(OnnxLibraries.RUNTIME);
        }
        if (findsText) {
            more.add(TextLibraries.TOKENIZERS);
        }
        return NativeLibraries.of(FfmpegLibraries.VIDEO).with(OpenCv.VISION).with(more);
    }
}
