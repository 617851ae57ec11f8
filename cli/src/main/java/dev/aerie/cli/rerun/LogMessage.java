package dev.aerie.cli.rerun;

import com.google.protobuf.ByteString;

/// One message of a recording of Rerun, as it stands in files and in calls of its message proxy.
///
/// - `kind`: [#STORE_INFO] or [#ARROW]; the same numbers in files and in `rerun.log_msg.v1alpha1.LogMsg`
/// - `content`: in Protocol Buffers
/// - `lasting`: of what matters to those who come later the entity and its components, which a later message replaces;
///   else empty
public record LogMessage(int kind, ByteString content, String lasting) {

    /// A recording begins: `SetStoreInfo`.
    public static final int STORE_INFO = 1;

    /// A chunk of rows: `ArrowMsg`.
    public static final int ARROW = 2;
}
