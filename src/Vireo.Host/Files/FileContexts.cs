using System.Runtime.InteropServices;

namespace Vireo.Host.Files;

/// <summary>
/// The labels that a SELinux policy has for paths. The table is read when it is first needed, and again when it has changed;
/// without libselinux nothing is known.
/// </summary>
/// <param name="table">The policy's <c>file_contexts</c>.</param>
public sealed unsafe class FileContexts(string table) : IDisposable
{
    readonly Lock gate = new();
    nint handle;
    DateTime readAt;

    /// <summary>The label of a path; null: the policy has none for it, or cannot be asked.</summary>
    /// <param name="path">The path, which need not be there.</param>
    /// <param name="mode">The kind of file, as stat gives it: some labels are only for devices, or for folders.</param>
    public string? Find(string path, int mode)
    {
        lock (gate)
        {
            if (!Open())
                return null;
            byte* found = null;
            if (LibSelinux.selabel_lookup_raw(handle, &found, path, mode) < 0 || found is null)
                return null;
            string? label = Marshal.PtrToStringUTF8((nint)found);
            LibSelinux.freecon(found);
            return label;
        }
    }

    /// <summary>Forgets the table.</summary>
    public void Dispose()
    {
        lock (gate)
            Close();
    }

    bool Open()
    {
        if (!LibSelinux.IsThere || !File.Exists(table))
            return false;
        DateTime written = File.GetLastWriteTimeUtc(table);
        if (handle != 0 && written == readAt)
            return true;
        Close();
        nint name = Marshal.StringToCoTaskMemUTF8(table);
        try
        {
            var option = new LibSelinux.Option { Kind = LibSelinux.Table, Value = (byte*)name };
            handle = LibSelinux.selabel_open(LibSelinux.OfFiles, &option, 1);
            readAt = written;
            return handle != 0;
        }
        finally
        {
            Marshal.FreeCoTaskMem(name);
        }
    }

    void Close()
    {
        if (handle != 0)
            LibSelinux.selabel_close(handle);
        handle = 0;
    }
}
