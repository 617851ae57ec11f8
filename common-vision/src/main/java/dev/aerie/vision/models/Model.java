package dev.aerie.vision.models;

import java.util.Optional;

/// A model that Aerie can use.
///
/// - `name`: as settings and messages name it; its file is `<name>.onnx`
/// - `purpose`: what it is for, in a few words
/// - `source`: where its publisher offers it; empty where it can only be imported from a file
/// - `licence`: SPDX identifier of the weights
public record Model(
        String name, String purpose, long sizeBytes, Sha256 sha256, Optional<String> source, String licence) {

    /// Its file in the models' folder.
    public String fileName() {
        return name + ".onnx";
    }
}
