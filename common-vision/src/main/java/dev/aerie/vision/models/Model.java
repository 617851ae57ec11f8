package dev.aerie.vision.models;

import dev.aerie.digest.Sha256;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A model that Aerie can use.
///
/// - `name`: as settings and messages name it
/// - `purpose`: what it is for, in a few words
/// - `files`: every file that is this model, the publisher's first, then others with the same weights; empty where
///   no digest is known: then a file is only installed by name
/// - `source`: where its publisher offers it; empty where it can only be imported from a file
/// - `licence`: SPDX identifier of the weights
/// - `terms`: what whoever installs it is told before, where its licence allows less than most
public record Model(
        String name,
        String purpose,
        Format format,
        List<FileFacts> files,
        Optional<String> source,
        String licence,
        Optional<String> terms) {

    public Model {
        files = List.copyOf(files);
    }

    /// A model of a usual licence.
    ///
    /// - `file`: as its publisher offers it; `alsoKnownAs`: other files with the same weights
    public Model(
            String name,
            String purpose,
            Format format,
            FileFacts file,
            List<FileFacts> alsoKnownAs,
            Optional<String> source,
            String licence) {
        this(
                name,
                purpose,
                format,
                Stream.concat(Stream.of(file), alsoKnownAs.stream()).toList(),
                source,
                licence,
                Optional.empty());
    }

    /// A model of which there is one file.
    public Model(
            String name,
            String purpose,
            Format format,
            long sizeBytes,
            Sha256 sha256,
            Optional<String> source,
            String licence) {
        this(name, purpose, format, new FileFacts(sizeBytes, sha256), List.of(), source, licence);
    }

    /// What a file is known by.
    public record FileFacts(long sizeBytes, Sha256 sha256) {}

    /// What the publisher's file is.
    public enum Format {
        /// An ONNX model, installed as it is.
        ONNX,
        /// A PyTorch checkpoint or a safetensors file, installed as the weights of a [ModelGraphs].
        CHECKPOINT,
        /// The weights of a TensorFlow.js graph, 16-bit floats, installed as an ONNX model that holds them.
        TENSORS;

        /// Whether it is installed as an ONNX file that holds its weights.
        public boolean isSelfContained() {
            return this != CHECKPOINT;
        }

        static Format parse(String text) {
            return switch (text) {
                case "onnx" -> ONNX;
                case "checkpoint" -> CHECKPOINT;
                case "tensors" -> TENSORS;
                default ->
                    throw new IllegalArgumentException(
                            "format is '" + text + "', expected onnx, checkpoint or tensors");
            };
        }
    }

    /// What the publisher's file is known by; empty where it is not known.
    public Optional<FileFacts> publisherFile() {
        return files.stream().findFirst();
    }

    /// Its file in the models' folder.
    public String fileName() {
        return switch (format) {
            case ONNX, TENSORS -> name + ".onnx";
            case CHECKPOINT -> structure().layout().file();
        };
    }

    /// The graphs of a model of [Format#CHECKPOINT].
    public ModelGraphs structure() {
        return ModelGraphs.find(name)
                .orElseThrow(() -> new IllegalStateException("no structure of " + name + " in this build"));
    }
}
