using Vireo.Core;

namespace Vireo.Drivers.Test.Host;

/// <summary>Uuids that are written down here.</summary>
static class Ids
{
    public static Uuid Of(string text) => Uuid.TryParse(text, out Uuid uuid) ? uuid : throw new ArgumentException("not a uuid", nameof(text));
}
