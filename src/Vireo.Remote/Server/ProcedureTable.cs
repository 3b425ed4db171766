namespace Vireo.Remote;

/// <summary>The procedures of a program, found by array index.</summary>
/// <param name="size">One more than the highest number that is defined.</param>
/// <param name="add">Puts each in its place; asked once.</param>
sealed class ProcedureTable<TSession>(int size, Action<Procedure<TSession>?[]> add)
{
    readonly Procedure<TSession>?[] procedures = Filled(size, add);

    /// <summary>One more than the highest number that is defined.</summary>
    internal int Size => procedures.Length;

    static Procedure<TSession>?[] Filled(int size, Action<Procedure<TSession>?[]> add)
    {
        var made = new Procedure<TSession>?[size];
        add(made);
        return made;
    }

    /// <summary>The procedure with this number, or null.</summary>
    internal Procedure<TSession>? Find(int number) => (uint)number < (uint)procedures.Length ? procedures[number] : null;
}
