package dev.aerie.storage.catalog;

import dev.aerie.natives.NativeLibrary;
import org.sqlite.SQLiteJDBCLoader;

/// The native library of SQLite, loaded by name.
public final class SqliteLibrary {

    public static final NativeLibrary SQLITE = new NativeLibrary("SQLite", () -> SQLiteJDBCLoader.initialize());

    private SqliteLibrary() {}
}
