namespace Vireo.Drivers.Storage.Kinds.Mounted;

/// <summary>What <c>showmount --no-headers --exports</c> writes: a folder and who may have it, one line each.</summary>
static class ServerExports
{
    /// <summary>The folders.</summary>
    public static IEnumerable<string> Read(string output)
    {
        foreach (string line in output.Split('\n'))
        {
            string path = line.Split([' ', '\t'], 2)[0];
            if (path.StartsWith('/'))
                yield return path;
        }
    }
}
