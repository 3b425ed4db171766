using Vireo.Core.Errors;
using Vireo.Core.Xml;
using Vireo.Model.Storage;

namespace Vireo.Drivers.Storage.Pools;

/// <summary>The status file of a pool that is started: <c>&lt;poolstate&gt;</c> around its definition.</summary>
static class PoolStatus
{
    public static string ToXml(StoragePoolDef pool)
    {
        var output = new XmlOutput(new XmlOutputOptions(Secure: true));
        output.Open("poolstate");
        pool.WriteXml(output);
        output.Close("poolstate");
        return output.ToString();
    }

    /// <summary>Reads it; throws a <see cref="VireoException"/> for what is none.</summary>
    public static StoragePoolDef Parse(string xml) => XmlInput.Document(
        xml, "poolstate", new XmlInputOptions("pool_state", From: ErrorDomain.Storage), static x =>
        {
            StoragePoolDef? pool = null;
            int depth = x.Enter();
            while (x.NextChild(depth))
                if (x.Name == "pool")
                    pool = StoragePoolDef.ReadXml(x);
            return pool is null ? throw new VireoException(ErrorCode.XmlError, ErrorDomain.Storage, "missing pool in status") : StoragePoolDefaults.Apply(pool);
        });
}
