import { useQueryClient } from '@tanstack/react-query';
import type { Pledge } from '../api/types.ts';
import { Button, DownloadIcon } from '../kit/index.ts';
import { ScanUpload } from './scan-upload.tsx';

type Props = { roundId: string; pledge: Pledge; open: boolean };

/** The department's own pledge: printed by the system with a code, signed and sealed by hand, uploaded before the list is delivered. */
export function PledgeScan({ roundId, pledge, open }: Props) {
  const queries = useQueryClient();
  return (
    <ScanUpload
      title={`${pledge.title}扫描件`}
      help="先下载打印，负责人签字、盖公章后扫描成 PDF 上传；系统读页上的二维码，核对是不是这一份。"
      put={`/rounds/${roundId}/pledge`}
      read={pledge.id && `/pledges/${pledge.id}/scan`}
      stored={pledge.scanName}
      open={open && pledge.id !== undefined}
      coded
      before={
        <Button
          icon={<DownloadIcon aria-hidden />}
          href={`/api/rounds/${roundId}/pledge.pdf`}
          target="_blank"
          onClick={() =>
            // The first print makes the pledge; only then can its scan be uploaded.
            setTimeout(() => void queries.invalidateQueries({ queryKey: ['recommendations'] }), 2500)
          }
        >
          下载承诺书（签字盖章用）
        </Button>
      }
    />
  );
}
