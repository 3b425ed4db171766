namespace Vireo.EndToEnd.Compare;

/// <summary>What is typed at stock virsh about secrets.</summary>
static class SecretRows
{
    const string Id = "623fdc83-fe6d-4858-b921-b4ddec6feaa5", Other = "623fdc83-fe6d-4858-b921-b4ddec6feaa6";

    public static readonly string[] All =
    [
        "secret-list", "secret-define ${SECRET}", "secret-define ${SECRET}", "secret-define ${SECRETDUP}", "secret-define ${SECRETMOVED}", "secret-define ${SECRETREDEF}", "secret-define ${SECRETPRIVATE}",
        "secret-define ${SECRETBAD}", "secret-define ${SECRETTRAM}", "secret-define ${FOO}", "secret-define /nowhere", "secret-define ${SECRET} --validate", "secret-list", "secret-list --ephemeral", "secret-list --no-ephemeral", "secret-list --private",
        $"secret-dumpxml {Id}", $"secret-get-value {Id}", $"secret-set-value {Id} aGVsbG8=", $"secret-get-value {Id}", $"secret-get-value {Id} --plain", $"secret-set-value {Other} aGVsbG8=", $"secret-get-value {Other}",
        $"secret-set-value {Id} !!", "secret-set-value nobody aGVsbG8=", "secret-dumpxml nobody", $"secret-undefine {Id}", $"secret-undefine {Id}", $"secret-undefine {Other}", "secret-list",
        "secret-define ${SECRET}", "secret-list --no-private", $"secret-dumpxml {Id} --xpath //volume --wrap", $"secret-set-value {Id} --file ${{FOO}} --plain", $"secret-get-value {Id} --plain", $"secret-set-value {Id} --file ${{FOO}}",
        $"secret-set-value {Id} --base64 aGVsbG8= --plain", $"secret-set-value {Id} --file /nowhere", $"secret-set-value {Id}", $"secret-get-value {Id}", $"secret-undefine {Id}", "secret-event --secret nobody --event lifecycle --timeout 1",
        "secret-event --event value-changed --timeout 1 --timestamp", "secret-event --list", "secret-event --event lifecycle --timeout 1",
    ];

    /// <summary>Documents that the lines name.</summary>
    public static void Prepare(Documents documents)
    {
        string secret = $"<secret ephemeral='no' private='no'><uuid>{Id}</uuid><description>hello</description><usage type='volume'><volume>/a/b</volume></usage></secret>";
        documents.With("SECRET", secret).With("SECRETDUP", secret.Replace(Id, Id[..^1] + "7", StringComparison.Ordinal)).With("SECRETMOVED", secret.Replace("/a/b", "/a/d", StringComparison.Ordinal))
            .With("SECRETREDEF", secret.Replace("hello", "other", StringComparison.Ordinal)).With("SECRETBAD", "<secret ephemeral='maybe'/>").With("SECRETTRAM", "<secret><usage type='tram'/></secret>")
            .With("SECRETPRIVATE", secret.Replace(Id, Other, StringComparison.Ordinal).Replace("'no'", "'yes'", StringComparison.Ordinal).Replace("/a/b", "/a/c", StringComparison.Ordinal)).With("FOO", "<foo/>");
    }
}
