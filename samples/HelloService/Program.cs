Console.WriteLine("KubeSim: a cluster in one process.");
