package dev.aerie.ptz.device.isapi;

import dev.aerie.ptz.isapi.IsapiXml;

/// Which kind of ISAPI camera a server is.
///
/// - `absoluteEx`: whether it has the finer absolute positions
/// - `momentary`: whether it takes moves that end by themselves
/// - `tiltSign`: -1 where its elevation grows downwards
/// - `namespace`: of its documents; cameras of different age have different ones
public record IsapiFeatures(boolean absoluteEx, boolean momentary, int tiltSign, String namespace) {

    /// One of today.
    public static final IsapiFeatures CURRENT = new IsapiFeatures(true, true, -1, IsapiXml.NEWER_NAMESPACE);

    /// One that has neither.
    public static final IsapiFeatures OLD = new IsapiFeatures(false, false, -1, IsapiXml.NAMESPACE);
}
