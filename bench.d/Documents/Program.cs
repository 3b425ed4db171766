using System.Diagnostics;
using System.Globalization;
using Vireo.Model.Domain;

// Reads and writes definitions in process: "NAME_us MICROSECONDS" a line for each NAME=FILE given.
const int Warming = 3000, Batches = 7;
foreach (string argument in args)
{
    if (argument.Split('=', 2) is not [var name, var file])
        return 2;
    string text = File.ReadAllText(file);
    int count = Math.Clamp(4_000_000 / text.Length, 10, 2000);
    for (int i = 0; i < Math.Min(Warming, count * 4); i++)
        Once(text);
    var each = new double[Batches];
    for (int batch = 0; batch < Batches; batch++)
    {
        long started = Stopwatch.GetTimestamp();
        for (int i = 0; i < count; i++)
            Once(text);
        each[batch] = Stopwatch.GetElapsedTime(started).TotalMicroseconds / count;
    }
    Array.Sort(each);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}_us {each[Batches / 2]:0.0}"));
}
return 0;

static int Once(string text) => DomainDef.Parse(text).ToXml(DomainFormat.Secure | DomainFormat.Inactive).Length;
