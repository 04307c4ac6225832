import { abandonUpload } from '../../api/resumable-upload.ts';
import type { UnfinishedUpload } from '../../api/types.ts';
import { Button } from '../../kit/index.ts';
import { momentOf } from '../../text/beijing-time.ts';
import { useRefreshMaterials } from './use-materials.ts';

/** What broke off at this place: choosing the same file again, in the same browser, goes on from there. */
export function UnfinishedUploads({ uploads }: { uploads: readonly UnfinishedUpload[] }) {
  const refresh = useRefreshMaterials();
  return uploads.map(({ id, fileName, bytes, received, expiresAt }) => (
    <p className="km-unfinished" key={id}>
      <span>
        “{fileName}”传到 {Math.floor((received / bytes) * 100)}%
        时中断。在这台电脑上再选一次同一个文件，就从断点接着传；
        {momentOf(expiresAt)} 前有效。
      </span>
      <Button size="small" onClick={() => void abandonUpload(id).then(refresh)}>
        放弃<span className="ks-hidden"> {fileName}</span>
      </Button>
    </p>
  ));
}
