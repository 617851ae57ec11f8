package dev.aerie.ptz.handoff;

import java.util.OptionalDouble;

/// Compares two identities of a gallery by their appearance.
public interface IdentitySimilarity {

    /// For cameras without re-identification.
    IdentitySimilarity NONE = (_, _) -> OptionalDouble.empty();

    /// Cosine similarity, -1..1; empty if one of them is unknown.
    OptionalDouble between(String identity, String other);
}
