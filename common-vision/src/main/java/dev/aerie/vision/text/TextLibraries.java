package dev.aerie.vision.text;

import ai.djl.huggingface.tokenizers.jni.LibUtils;
import dev.aerie.natives.NativeLibrary;

/// The tokenizer's native library, loaded by name.
public final class TextLibraries {

    public static final NativeLibrary TOKENIZERS = new NativeLibrary("DJL tokenizers", () -> {
        WordPieces.keepToThisMachine();
        LibUtils.checkStatus();
    });

    private TextLibraries() {}
}
