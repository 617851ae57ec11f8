package dev.aerie.vision.models;

import java.util.Optional;

/// A model that Aerie can use.
///
/// - `name`: as settings and messages name it
/// - `purpose`: what it is for, in a few words
/// - `sizeBytes`, `sha256`: of the publisher's file
/// - `source`: where its publisher offers it; empty where it can only be imported from a file
/// - `licence`: SPDX identifier of the weights
public record Model(
        String name,
        String purpose,
        Format format,
        long sizeBytes,
        Sha256 sha256,
        Optional<String> source,
        String licence) {

    /// What the publisher's file is.
    public enum Format {
        /// An ONNX model, installed as it is.
        ONNX,
        /// A PyTorch checkpoint, installed as the weights of a [Structure].
        CHECKPOINT;

        static Format parse(String text) {
            return switch (text) {
                case "onnx" -> ONNX;
                case "checkpoint" -> CHECKPOINT;
                default -> throw new IllegalArgumentException("format is '" + text + "', expected onnx or checkpoint");
            };
        }
    }

    /// Its file in the models' folder.
    public String fileName() {
        return switch (format) {
            case ONNX -> name + ".onnx";
            case CHECKPOINT -> structure().layout().file();
        };
    }

    /// The graphs of a model of [Format#CHECKPOINT].
    public Structure structure() {
        return Structure.find(name)
                .orElseThrow(() -> new IllegalStateException("no structure of " + name + " in this build"));
    }
}
